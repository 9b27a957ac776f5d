r"""JSON that holds true text and is safe to print.

Its strings hold what an author wrote, control characters and all. What is not plain ASCII is written as an escape and
so safe to print; ``##`` before what a build service may take for a command becomes ``#\u0023``.
"""

from __future__ import annotations

import json
import re

_COMMAND = re.compile(r"##(?=(?:vso|teamcity)?\[)", re.IGNORECASE)


def json_text(value: object, *, indent: int | None = None) -> str:
    """Write a value on one line, or with an indent on several; without the end of the last line."""
    # A hash stands only inside a string, where an escape means the same.
    return _COMMAND.sub(r"#\\u0023", json.dumps(value, indent=indent))
