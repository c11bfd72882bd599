"""The writers that use the small language model."""
