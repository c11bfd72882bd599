"""Things as solids in metres: shapes, the record that describes a thing, and the things themselves."""
