"""The definition of a form, its scoring rules, and how both are loaded."""
