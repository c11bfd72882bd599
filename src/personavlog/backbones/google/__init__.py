"""Google's hosted models: Gemini, Veo."""
