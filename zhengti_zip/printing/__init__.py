"""The files a department submits, made from an examined input."""
