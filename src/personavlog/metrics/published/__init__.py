"""The published measures: VBench's six dimensions, CLIP similarities, TIA and CC, with the networks that their
definitions name.

They need the extra ``[metrics]`` (torch, PyAV). ``compat=True`` repeats VBench's own quirks where they change a number;
the default says instead what cannot be measured. The modules import torch at their top;
``personavlog.metrics.published.extra.require`` says how to install it where it is missing.
"""
