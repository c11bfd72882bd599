"""The chat backbone: writers and measuring reviewers that answer the agents' tasks on this machine."""
