"""The way back: from a reviewed Word file to the data, and to a workbook with the changes in it."""
