"""The profile that needs no key, no GPU and no model hub: painter, animator, planner, inspector, voices and music on
two processor cores."""
