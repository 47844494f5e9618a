"""From a workbook file to a Source."""
