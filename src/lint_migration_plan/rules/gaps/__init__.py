"""Rules of the category gaps."""
