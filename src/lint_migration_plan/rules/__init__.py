"""Rules, a folder for each category and a module for each rule."""
