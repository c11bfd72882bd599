"""Models behind servers that speak OpenAI's protocol: vLLM-Omni, SGLang, vLLM, llama.cpp, Ollama, OpenAI itself."""
