"""The networks behind the published measures, written here in torch so that upstream's weight files load by their own
key names.

Every module of this package imports torch at its top; import them only from code that asked for the extra
``[metrics]``.
"""
