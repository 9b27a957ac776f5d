"""The language server: what the linter knows, in an editor. Nothing else of ours imports it."""
