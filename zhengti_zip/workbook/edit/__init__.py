"""Changing a clerk's own workbook part by part, so that nothing in it is lost."""
