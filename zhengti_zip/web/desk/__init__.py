"""The desk: files that somebody checks, mends, compares and reviews, without accounts and rounds."""
