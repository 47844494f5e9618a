"""The printed form as a table: cells, spans, line breaks and pages, before any engine draws it."""
