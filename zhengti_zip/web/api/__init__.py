"""The same actions for programs: JSON under /api/v1."""
