"""复核: working papers for the reviewers, read back, checked and summed up; a random sample for re-checking."""
