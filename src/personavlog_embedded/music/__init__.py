"""The music backbone: finished CC0 tracks, chosen by description and cut to length."""
