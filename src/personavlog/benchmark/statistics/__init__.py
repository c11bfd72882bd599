"""From rows to numbers that can be trusted: means, intervals, paired tests. Formulas: docs/benchmark-tables.md."""
