"""The printed form as a table: cells, lines, row heights and pages. Knows no engine."""
