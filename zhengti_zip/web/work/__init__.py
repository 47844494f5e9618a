"""Work on files in processes with limits, its progress, and what it gives."""
