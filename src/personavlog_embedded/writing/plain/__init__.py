"""The plain writer: films from typed activity frames, filled from what the theme itself names."""
