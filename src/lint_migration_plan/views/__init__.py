"""Views of a plan, one module each: what the linter reasons about it, for a person or, as JSON, for a program."""
