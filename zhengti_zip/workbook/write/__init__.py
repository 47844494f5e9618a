"""Making workbooks with openpyxl: blank, filled in, upgraded."""
