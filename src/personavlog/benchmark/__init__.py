"""ThemeVlogEval: the data, the layout of a method's outputs, the measures, the tables."""
