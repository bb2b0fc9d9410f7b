"""Records to and from the forms that other people read."""
