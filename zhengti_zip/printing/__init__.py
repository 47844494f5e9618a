"""From a source to the files a department submits."""
