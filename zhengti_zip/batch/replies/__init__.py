"""Replies to departments: what a returned form has to have mended, and reminders of those who have not handed in."""
