"""Rules of the category verification."""
