"""Pictures, clips, voices and music from servers that speak OpenAI's protocol: vLLM-Omni, SGLang, OpenAI and whatever
else does."""
