"""Scores of a submission, the checks of its meaning, and the working in words."""
