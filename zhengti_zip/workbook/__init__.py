"""The clerk's workbook: where inputs live, how it is written, how it is read."""
