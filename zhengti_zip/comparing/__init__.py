"""What two submissions of one form differ in."""
