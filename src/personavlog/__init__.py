"""PersonaVlog: a finished vlog from one photo, a theme and a style."""
