"""The words by which a plan says that old and new work together, as data, in English and lower case.

They are regular expressions of whole words, joined and anchored by `compatibility`. A team adds its own in the
configuration. A plan in another language has none of them, and `language` tells such a plan, which is then not judged.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Words that say plainly that the old keeps working beside the new, wherever in the plan they stand.
PLAIN_STATEMENTS = (
    r"(?:back|for)wards?[- ]compatib\w*|compatib\w*|interoperab\w*",
    r"(?:both|either)(?: the)? (?:old and (?:the )?new|new and (?:the )?old|versions?|schemas?|formats?|databases?)",
    r"(?:old|existing) (?:and|or|&) (?:the )?new \w+|new (?:and|or|&) (?:the )?(?:old|existing) \w+",
    r"shims?|polyfills?|(?:dual|double)[- ]?(?:writ|read|run|publish|deliver|stack)\w*",
    r"expand[- /]+(?:and[- ])?contract|parallel change|side[- ]by[- ]side|in parallel|coexist\w*|co-exist\w*",
    r"translation layer|anti[- ]corruption|strangler|blue[-/ ]green|canar(?:y|ies)|maintenance window",
    r"(?:deprecation|grace|transition|overlap) (?:period|window|phase)",
)
#: Words that say so of what the stage speaks of in which they stand. They are read generously: who writes one of them
#: has thought of it.
STATEMENTS = (
    *PLAIN_STATEMENTS,
    r"(?:both|either) (?:the )?\w+|two (?:versions?|schemas?|formats?)|adapt[eo]rs?|wrappers?|fa[cç]ades?|bridges?",
    r"fall(?:s|ing)?[- ]?backs?|prox(?:y|ies)|writes? (?:to )?(?:the )?two|tee(?:s|d)?|expand|additive|nullable",
    r"optional (?:field|column|parameter)s?|feature[- ](?:flag|toggle|switch)\w*|flags?|toggles?|behind a \w+",
    r"versioned|versioning|v1|/v\d|parallel(?:ly)?|alongside|besides?|next to",
    r"replica\w*|mirror\w*|shadow\w*|sync\w*|synchron\w*|in step|change data capture|cdc|streams?",
    r"(?:still|also) (?:works?|reads?|accepts?|serves?|supports?|understands?|answers?|runs?|gets?|sees?|knows?|uses?)",
    r"(?:keeps?|kept|continues?|goes) (?:on )?(?:to )?\w+ing|continues? to \w+|keeps? (?:the )?(?:old|existing|former)",
    r"(?:remains?|stays?|left|is kept|are kept) (?:\w+ ){0,3}?(?:available|readable|valid|usable|unchanged|untouched)",
    r"(?:remains?|stays?|left|kept|keeps?) (?:\w+ ){0,2}?(?:in place|as (?:it|they) \w+|alive|running|up)",
    r"unchanged|untouched|unaffected|ignores? (?:unknown|new|the)|toleran\w*|tolerates?|graceful\w*|transparent\w*",
    r"dark launch|cop(?:y|ies|ied|ying)|seed(?:s|ed)?|backfill\w*|alias(?:es|ed)?|views? (?:named|called|over|that)",
    r"default(?:s|ing)? to (?:the )?(?:old|former|previous)|no (?:code|schema|client|api) changes? (?:is|are) needed",
    r"downtime|outage|read[- ]only (?:mode|window)|freeze|offline|stopped|taken down",
)
#: Words before such a word that deny it.
DENIALS = (
    r"(?:not|no|non|never|without|lacks?|isn't|aren't|cannot be|can't be|nor|neither)(?: (?:yet|a|an|any|the|be|is))?",
    r"(?:\w+ly)?",
)

#: What a text speaks of that names one layer of a pair, by that layer.
LAYER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "data": (
            r"schemas?|columns?|tables?|databases?|db|rows?|data|index(?:es)?|collections?|records?|sql|quer(?:y|ies)"
            r"|postgres\w*|mysql|mariadb|oracle|mongo\w*|replica\w*"
        ),
        "consumers": (
            r"requests?|responses?|apis?|clients?|consumers?|endpoints?|payloads?|callers?|subscribers?|webhooks?"
            r"|messages?|events?|contracts?|formats?|partners?|integrations?|users?"
        ),
        "config": (
            r"config\w*|settings?|environment variables?|env vars?|secrets?|connection strings?|parameters?|values?"
            r"|yaml|dotenv|feature flags?"
        ),
    }
)


class Thing(NamedTuple):
    """A thing that keeps old and new working together for a while and must go again.

    ``noun`` is what it is called. ``sure`` is False for a word that is often something for good ("adapter"): it counts
    only beside a word of `FOR_A_WHILE`.
    """

    name: str
    noun: str
    sure: bool


THINGS = (
    Thing("dual write", r"(?:dual|double)[- ]?(?:writes?|writing|write path)", sure=True),
    Thing("dual read", r"(?:dual|double)[- ]?(?:reads?|reading|read path)", sure=True),
    Thing("shim", r"(?:\w+[- ])?shims?", sure=True),
    Thing(
        "compatibility layer",
        r"(?:backwards?[- ])?compat(?:ibility)?[- ](?:layer|mode|views?|wrappers?|code|module|endpoints?|triggers?)",
        sure=True,
    ),
    Thing("translation layer", r"translation layer", sure=True),
    Thing("feature flag", r"feature[- ](?:flag|toggle)s?|(?:migration|cut-?over|rollout) (?:flag|toggle)s?", sure=True),
    Thing("adapter", r"adapt[eo]rs?", sure=False),
    Thing("fallback", r"fall[- ]?backs?", sure=False),
    Thing("bridge", r"bridges?", sure=False),
    Thing("proxy", r"prox(?:y|ies)", sure=False),
    Thing("facade", r"fa[cç]ades?", sure=False),
)
#: What makes an unsure thing one that must go again.
FOR_A_WHILE = (
    r"temporar\w*|interim|transition\w*|compat\w*|until|legacy|old|both|during the (?:migration|move|cutover|switch)"
    r"|for the (?:duration|time) of|while the|stopgap|short-lived"
)
#: What is done to have such a thing, at the beginning of a clause.
ADDING = (
    r"adds?|introduces?|builds?|creates?|implements?|installs?|inserts?|sets? up|puts? in(?: place)?|ships?|provides?"
    r"|starts?|leaves?|turns? on|switch(?:es)? on|begins?|enables?|deploys?|gets?|gains?|wraps? \w+ (?:in|with)"
)
#: What is done to be rid of it.
REMOVING = (
    r"removes?|deletes?|drops?|disables?|retires?|stops?|ends?|turns? off|switch(?:es)? off|tears? down|takes? out"
    r"|rips? out|phases? out|purges?|strips? out|decommissions?|cleans? up|sunsets?|shuts? down"
)
#: The beginnings of words that speak of such an end, in any form.
ENDS = (
    r"remov|delet|drop|disabl|retir|stop|turn(?:ed|s)? off|switch(?:ed)? off|tear|torn|take[ns]? out|rip|phas|purg"
    r"|strip|decommission|clean|sunset|shut|gone|goes|go away|end(?:s|ed|ing)?\b|expir|eliminat|get rid|no longer"
    r"|unwind|contract|until|lifetime|short-lived|for \w+ (?:days|weeks|months)|permanent|for good|stays"
)
#: Words for all such things at once.
ANY_THING = (
    r"temporary|transitional|interim|compat\w*|legacy (?:code|path)s?|old (?:code|path)s?|leftovers|scaffolding|flags"
    r"|toggles|migration (?:code|helpers?|scaffolding)"
)
#: The old form itself: when it goes, nothing old works any longer.
OLD_FORM = (
    r"(?:the )?(?:old|legacy|former|previous|deprecated|obsolete|unused|v1) (?:[\w`'-]+ ){0,2}?"
    r"(?:columns?|tables?|fields?|endpoints?|schemas?|formats?|apis?|routes?|keys?|settings?|variables?|values?|topics?)"
)
