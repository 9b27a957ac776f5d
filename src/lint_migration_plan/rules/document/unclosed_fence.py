"""Code fence that nothing closes, so that it takes in the stages below it.

## Why
All below such a fence is code: whoever reads the plan on a page sees grey text instead of stages, and no tool finds
them. A plan that was judged in part would look better than it is, or lack all that stands in the fence, and so it is
judged when the fence is closed. Only the mark that opened a fence closes it, at least as long and with nothing behind
it. A fence of Markdown or text may show stages on purpose, and one with nothing of the plan in it takes in nothing.

## Bad
```markdown
## Migration: Mail to the new relay

### Stage 1 — Send the reports through the relay

**Changes**:

~~~sh
postconf -e relayhost=relay.example.org

**Rollback**:

- Run `postconf -X relayhost`
```

## Good
```markdown
## Migration: Mail to the new relay

### Stage 1 — Send the reports through the relay

**Changes**:

~~~sh
postconf -e relayhost=relay.example.org
~~~

**Rollback**:

- Run `postconf -X relayhost`
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lint_migration_plan.lint.rule import NoOptions, Place, Rule, Scope, Severity, Violation
from lint_migration_plan.plan.facts.open_fences import open_fence
from lint_migration_plan.plan.quote import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lint_migration_plan.lint.subject import File
    from lint_migration_plan.plan.facts.open_fences import OpenFence


def check(file: File, options: NoOptions) -> Iterator[Violation]:
    """Report the first fence of each plan that takes in a part of it."""
    del options
    if file.unreadable:
        return
    text = file.document.source.text
    for plan in file.plans:
        fence = open_fence(plan)
        if fence is not None:
            yield _violation(fence, text)


def _violation(fence: OpenFence, text: str) -> Violation:
    opening, taken_in = (quote(text[slice(*span)]) for span in (fence.opening, fence.taken_in))
    becomes_code = Place(fence.taken_in, "this is code now")
    if fence.stray is not None:
        stray = quote(text[slice(*fence.stray)])
        message = f"{stray} does not close the fence {opening}, so that the plan is code from {taken_in} on"
        remedy = f"write {quote(fence.mark)} instead"
        return Violation(fence.stray, f"{message}; {remedy}", (Place(fence.opening, "this opens it"), becomes_code))
    holds_code = text[fence.opening.end : fence.taken_in.start].strip(" \t\r\n-")
    remedy = f"end the code with a line {quote(fence.mark)}" if holds_code else "leave out the fence, which is empty"
    message = f"nothing closes the fence {opening} before {taken_in}, so that the plan is code from there on"
    return Violation(fence.opening, f"{message}; {remedy}", (becomes_code,))


RULE = Rule(
    id="unclosed-fence", doc=__doc__ or "", severity=Severity.ERROR, options=NoOptions, check=check, scope=Scope.FILE
)
