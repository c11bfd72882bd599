"""The film's stages, one file each, in the film's own order: stylise, write, narrate, paint, animate, score, cut.

Each asks one backbone or one loop of agents for its part and wraps every piece of work into an engine step.
"""
