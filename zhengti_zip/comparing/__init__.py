"""Compare two submissions of one form."""
