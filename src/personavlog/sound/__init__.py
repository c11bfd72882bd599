"""Narration fit, time stretching, mix and loudness."""
