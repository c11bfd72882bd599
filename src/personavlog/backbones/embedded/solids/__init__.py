"""Things as painted solids: small models of the real thing, seen in the scene's perspective and lit by its light."""
