"""Backbones, agents, a profile and a table of model files as a third party would publish them: found by entry points,
built by name, and quick, because they give one small picture and one small clip whatever is asked.

``image.speechless`` plays another role than it says, ``image.uninstalled`` names a module that is not there.
"""
