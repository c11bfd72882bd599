"""The painted world: ten-odd places in layers, each by seed, time of day and weather."""
