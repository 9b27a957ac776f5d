"""Rules of the category stages."""
