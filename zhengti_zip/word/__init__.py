"""The form as a Word file, through python-docx."""
