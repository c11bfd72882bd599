"""The durable side of a run: blobs, the step engine and its index, a person's edits, the run folder and the run
record."""
