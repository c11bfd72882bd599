"""The data of ThemeVlogEval: people and their photos, styles, themes, splits; see ``docs/benchmark-data.md``."""
