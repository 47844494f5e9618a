"""What all other packages use: errors, numbers, files, limits, texts. Knows nothing of forms."""
