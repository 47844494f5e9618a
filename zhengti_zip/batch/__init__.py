"""Many workbooks in one run: each checked, scored and printed by itself, and summed up at the end."""
