"""Write other words in the place of an author's, and leave all that stands around them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from lint_migration_plan.lint.fix import Edit, Fix, NoFix
from lint_migration_plan.plan.anchors import carried
from lint_migration_plan.plan.facts.language import is_foreign
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lint_migration_plan.markdown.document import Document
    from lint_migration_plan.markdown.inline import Text
    from lint_migration_plan.markdown.source import Span
    from lint_migration_plan.plan.nodes import Plan


def write(new: str, words: Text, *, alike: bool = False) -> Fix | NoFix:
    """Put a word of the guide in the place of a stretch, ``alike`` with a capital where that has one.

    A stretch with marks of its own within it ("Abort *critera*") is left to its author.
    """
    old = words.strip().slice(0, len(words.strip()))
    if old.raw != old.plain:
        return NoFix(f"{quote(old.plain)} has marks within it")
    new = new.capitalize() if alike and old.plain[:1].isupper() else new
    return Fix(f"write '{new}' for {quote(old.plain)}", (Edit(old.span, new),))


def rename(name: str, words: Text, plan: Plan) -> Fix | NoFix:
    """Give something the guide's name for it; in a plan of another language that would be half a translation."""
    if is_foreign(plan):
        return NoFix(f"the plan is in another language than '{name}'")
    return write(name, words)


def with_links(fixes: Sequence[Fix | NoFix | None], document: Document) -> list[Fix | NoFix | None]:
    """Let the links to headings go along with the fixes that give these other words."""
    links = carried(document, {edit.span: edit.text for fix in fixes if isinstance(fix, Fix) for edit in fix.edits})
    if not links:
        return list(fixes)
    headings = sorted(links)

    def named_by(fix: Fix | NoFix | None) -> set[Span]:
        edits = fix.edits if isinstance(fix, Fix) else ()
        around = (headings[max(bisect_left(headings, (edit.span.start + 1, 0)) - 1, 0)] for edit in edits)
        return {span for span, edit in zip(around, edits, strict=True) if span.start <= edit.span.start <= span.end}

    named = list(map(named_by, fixes))
    # Where a name stands twice, a heading that nobody edits may come to bear it alone.
    shared = set(headings).difference(*named)
    return [
        fix._replace(edits=(*fix.edits, *(Edit(*link) for span in sorted(own | shared) for link in links[span])))
        if isinstance(fix, Fix)
        else fix
        for fix, own in zip(fixes, named, strict=True)
    ]
