"""Run the language server as ``python -m lint_migration_plan.lsp``."""

from __future__ import annotations

from lint_migration_plan.lsp.command import run

if __name__ == "__main__":
    run()
