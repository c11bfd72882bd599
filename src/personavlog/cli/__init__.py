"""The command line: commands, progress, errors in words."""
