"""Turning a filled-in form into pages: text measurement, layout, PDF and DOCX."""
