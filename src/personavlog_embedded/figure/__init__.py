"""People as meshes: MakeHuman's CC0 body, shaped, posed, dressed and drawn. Units are metres; a figure's own axes are x
to its left, y up, z forwards."""
