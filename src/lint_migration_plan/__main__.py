"""``python -m lint_migration_plan``."""

from lint_migration_plan.cli import run

if __name__ == "__main__":
    run()
