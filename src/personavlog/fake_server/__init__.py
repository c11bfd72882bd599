"""``personavlog fake-server``: an honest fake of the servers that backbones are reached through, for tests and for
others who build on the same protocols.

It answers with real media, deterministic by seed, in the shapes of vLLM-Omni's OpenAI-style routes and of the job
services; every route can be told to fail as real ones do. ``surfaces`` lists the modules of routes.
"""
