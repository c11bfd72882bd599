"""The painted places, one file each, and the catalogue that finds the nearest one to a board's words."""
