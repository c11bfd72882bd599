"""What the measuring reviewers count, each in a file of its own; nothing here knows a writer."""
