"""Lint migration plans written in Markdown."""

__version__ = "0.1.0"
