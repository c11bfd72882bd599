"""The body as a mesh of triangles, and what rays meet of it."""
