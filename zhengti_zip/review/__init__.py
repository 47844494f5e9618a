"""Read reviewed Word files: the data with the edits made in them, and a workbook with the edits."""
