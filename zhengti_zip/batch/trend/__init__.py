"""Several years of one or many departments beside each other: 趋势.xlsx, and the same as a PDF with charts."""
