"""Models whose libraries cannot share our environment: a worker program each, asked over HTTP."""
