"""The image-edit backbone: one keyframe composed of a place, things and the person, in layers."""
