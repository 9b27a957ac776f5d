"""Rules of the category overview."""
