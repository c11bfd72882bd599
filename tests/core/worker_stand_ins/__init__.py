"""Stand-ins with the real signatures for libraries that cannot be installed beside ours; workers import them, not
tests."""
