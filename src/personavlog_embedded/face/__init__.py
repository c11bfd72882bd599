"""Acting: one photo's face shows other expressions, turns, looks about and speaks."""
