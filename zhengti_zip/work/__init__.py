"""Work in other processes: whatever happens there comes back as a value."""
