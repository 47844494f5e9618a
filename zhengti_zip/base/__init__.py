"""What every room stands on: errors, numbers, files, limits. Knows nothing of forms."""
