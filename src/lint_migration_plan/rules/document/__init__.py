"""Rules of the category document."""
