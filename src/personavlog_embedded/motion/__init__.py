"""How the embedded animator moves a keyframe's layers: camera, planes, people, scenery and weather."""
