"""Measures of pictures, clips, faces, speech and sound: pure functions over frames or samples, each with its
definition's name and noise."""
