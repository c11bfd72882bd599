"""The person's whole body: measures, poses, and the drawing of it in parts that can be moved about their joints."""
