"""How the embedded animator moves a keyframe's layers: camera, planes, people, world, weather, and the pipe into the
encoder."""
