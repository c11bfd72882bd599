"""The core's own profiles."""
