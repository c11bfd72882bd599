"""The measuring quality agents (Eq. 7 and 10): what can be found in a picture or clip without a vision-language
model."""
