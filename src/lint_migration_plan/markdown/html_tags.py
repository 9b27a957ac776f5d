"""The tags that HTML knows. Any other one, such as ``<name>``, is text that its author wants to be seen."""

from __future__ import annotations

import re

_HTML = """
a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center
cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure
font footer form frame frameset g h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label
legend li link main map mark math menu meta meter nav noscript object ol optgroup option output p param path picture
pre progress q rp rt ruby s samp script search section select slot small source span strike strong style sub summary
sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr
"""
_NAMES = frozenset(_HTML.split())
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")


def is_known(tag: str) -> bool:
    """Say whether raw HTML is a tag of HTML, or something else that is not shown: a comment, a declaration."""
    name = _NAME.match(tag)
    return name is None or name[1].lower() in _NAMES
