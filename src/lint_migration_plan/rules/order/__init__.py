"""Rules of the category order, which look across stages."""
