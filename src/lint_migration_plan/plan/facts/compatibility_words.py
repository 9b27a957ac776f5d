"""The words by which a plan says that old and new work together, as data, in English and lower case.

They are regular expressions of whole words, joined and anchored by `compatibility`. A team adds its own in the
configuration. A plan in another language has none of them, and `language` tells such a plan, which is then not judged.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What stands in pairs without being old and new.
MACHINES = (
    r"(?:web |app |database |db )?(?:servers?|machines?|nodes?|hosts?|sites?|zones?|regions?|rooms?|racks?|instances?)"
    r"|replicas?|clusters?|environments?|directions?|data cent|plants?|shops?|scripts?|tests?|teams?|days?|weeks?"
    r"|nights?"
)
#: Words that tell of the old and the new at once, but of neither that it keeps working.
OLD_AND_NEW = (
    r"(?:both|either)(?: the)? (?:old and (?:the )?new|new and (?:the )?old|versions?|schemas?|formats?|databases?)",
    r"(?:old|existing) (?:and|or|&) (?:the )?new \w+|new (?:and|or|&) (?:the )?(?:old|existing) \w+",
)
#: Words that say plainly that the old keeps working beside the new, wherever in the plan they stand.
PLAIN_STATEMENTS = (
    r"(?:back|for)wards?[- ]compatib\w*|compatib\w*|interoperab\w*",
    *OLD_AND_NEW,
    r"shims?|polyfills?|(?:dual|double)[- ]?(?:writ|read|run|publish|deliver|stack)\w*",
    r"expand[- /]+(?:and[- ])?contract|parallel change|side[- ]by[- ]side|in parallel|coexist\w*|co-exist\w*",
    r"translation layer|anti[- ]corruption|strangler|blue[-/ ]green|canar(?:y|ies)|maintenance window",
    r"(?:deprecation|grace|transition|overlap) (?:period|window|phase)",
)
#: Words that say so where a stage tells how it is proved.
PROOFS = (
    *PLAIN_STATEMENTS,
    r"(?:still|also) (?:works?|reads?|accepts?|serves?|supports?|understands?|answers?|runs?|gets?|sees?|knows?|uses?)",
    r"(?:keeps?|kept|continues?|goes) (?:on )?(?:to )?\w+ing|continues? to \w+|keeps? (?:the )?(?:old|existing|former)",
    r"(?:old|existing|former|previous|v1) (?:[\w`'-]+ ){1,2}?(?:works?|reads?|answers?|runs?|gets?|prints?|still)",
)
#: Words that say so in code, with spaces for underscores.
CODE_STATEMENTS = (r"create (?:or replace )?(?:\w+ )?(?:view|trigger|synonym|alias)",)
#: Words by which data are copied: whoever reads the old ones is not helped by it.
COPIES = (r"cop(?:y|ies|ied|ying)|seed(?:s|ed)?|backfill\w*",)
#: Words that put the new beside the old.
BESIDE = (
    r"expand|additive|nullable|optional (?:field|column|parameter)s?|alongside|besides?|next to",
    r"adds? (?:[\w`'-]+ ){1,4}?(?:columns?|fields?)",
)
#: Words that do a thing to two at once.
TWO_AT_ONCE = (
    rf"(?:both|either) (?:the )?(?!{MACHINES})\w+|two (?:versions?|schemas?|formats?)",
    r"writes? (?:to )?(?:the )?two|tee(?:s|d)?",
)
#: Words by which the new finds what only the old has; whoever reads the old is not helped by it.
FALLBACKS = (r"fall(?:s|ing)?[- ]?backs?",)
#: Words of what serves the old by itself, whatever else is there.
STANDING = (r"versioned|versioning|v1|/v\d|alias(?:es|ed)?|views? (?:named|called|over|that)",)
_TAKES = r"(?:accepts?|takes?|reads?|knows?|serves?|answers?|supports?|understands?|handles?)"
#: Words that say so where a stage tells what it does. They are read generously: who writes one of them has thought of
#: it.
STATEMENTS = (
    *PROOFS,
    *TWO_AT_ONCE,
    *BESIDE,
    *STANDING,
    *COPIES,
    *FALLBACKS,
    r"adapt[eo]rs?|wrappers?|fa[cç]ades?|bridges?|prox(?:y|ies)",
    r"feature[- ](?:flag|toggle|switch)\w*|flags?|toggles?|behind a \w+|parallel(?:ly)?",
    r"replica\w*|mirror\w*|shadow\w*|sync\w*|synchron\w*|in step|change data capture|cdc|streams?",
    r"(?:remains?|stays?|left|is kept|are kept) (?:\w+ ){0,3}?(?:available|readable|valid|usable|unchanged|untouched)",
    r"(?:remains?|stays?|left|kept|keeps?) (?:\w+ ){0,2}?(?:in place|as (?:it|they) \w+|alive|running|up)",
    r"unchanged|untouched|unaffected|ignores? (?:unknown|new|the)|toleran\w*|tolerates?|graceful\w*|transparent\w*",
    r"triggers?|translat(?:es?|ed|ing|ors?)|on the fly|dark launch",
    r"default(?:s|ing)? to (?:the )?(?:old|former|previous)|no (?:code|schema|client|api) changes? (?:is|are) needed",
    r"downtime|outage|read[- ]only (?:mode|window)|freeze|offline|stopped|taken down",
    rf"as well as|(?:{_TAKES}|with|from|for) both(?! \w)",
    rf"{_TAKES} (?:an? |the )?[\w`'-]+ or (?:an? |the )?[\w`'-]+",
    r"(?:is|are) (?:not set|missing|absent|not there)|second (?:columns?|fields?|address(?:es)?|keys?|endpoints?)",
    r"(?:first|other|former|old|old one) (?:stays?|remains?)|still \w+|goes? on (?:with|as)",
    r"need not (?:look|change|know|move|be (?:changed|moved))",
    r"(?:sees?|makes?) no difference|(?:sees?|notices?) nothing",
)
#: Words before such a word that deny it.
DENIALS = (
    r"(?:not|no|no longer|nothing|non|never|without|lacks?|stops|isn't|aren't|cannot be|can't be|nor|neither)"
    r"(?: (?:yet|a|an|any|the|be|is))?(?: (?:\w+ly)?)?"
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
    only beside a word of `FOR_A_WHILE`. ``switched`` is True for what is there or not as it is turned on or off; a
    flag that is turned off is still there. ``known_as`` is what it is also called where it goes, ``verb`` the deed
    itself that has it: "Dual-write the orders".
    """

    name: str
    noun: str
    sure: bool = True
    switched: bool = True
    known_as: str = ""
    verb: str = ""


_TRANSLATOR = (
    r"shims?|layer|adapt[eo]rs?|bridges?|prox(?:y|ies)|fa[cç]ades?|wrappers?|polyfills?|translators?|forwarders?"
)
#: What a dual write may be said of: "the orders", "`orders`", "orders"; tests and phases are about one.
_WRITTEN = (
    r"(?:the|all|every|each|new|our|its|both|to|into)(?!\w)"
    r"|(?!(?:test|check|metric|window|phase|path|flag|log|alert|period)s)[\w-]+s(?!\w)"
)
THINGS = (
    Thing(
        "dual write",
        r"(?:dual|double)[- ]?(?:writes?|writing|write path)",
        known_as=r"writ\w*|wrote",
        verb=rf"(?:dual|double)-writes? (?={_WRITTEN})",
    ),
    Thing("dual read", r"(?:dual|double)[- ]?(?:reads?|reading|read path)", known_as=r"read\w*"),
    Thing("shim", r"(?:\w+[- ])?shims?", known_as=_TRANSLATOR),
    Thing(
        "compatibility layer",
        r"(?:backwards?[- ])?compat(?:ibility)?[- ](?:layer|mode|views?|wrappers?|code|module|endpoints?|triggers?)",
        known_as=rf"{_TRANSLATOR}|views?|triggers?",
    ),
    Thing("translation layer", r"translation layer", known_as=_TRANSLATOR),
    Thing(
        "feature flag",
        r"feature[- ](?:flag|toggle)s?|(?:migration|cut-?over|rollout) (?:flag|toggle)s?",
        switched=False,
        known_as="flags?|toggles?",
    ),
    Thing("adapter", r"adapt[eo]rs?", sure=False, known_as=_TRANSLATOR),
    Thing("fallback", r"fall[- ]?backs?", sure=False, known_as="falls? back|old|legacy|former"),
    Thing("bridge", r"bridges?", sure=False, known_as=_TRANSLATOR),
    Thing("proxy", r"prox(?:y|ies)", sure=False, known_as=_TRANSLATOR),
    Thing("facade", r"fa[cç]ades?", sure=False, known_as=_TRANSLATOR),
)
#: Things that work on data, whatever the plan says of them. They keep the old ones true: as soon as one is gone, what
#: reads the old ones reads what no longer holds.
OF_DATA = ("dual write", "dual read")
#: Things that choose between old and new, and keep neither of them working.
CHOICES = ("feature flag",)
#: What code does with data that it needs.
READS = (
    r"reads?|writes?|quer(?:y|ies)|selects?|loads?|fetch(?:es)?|uses?|calls?|looks? up|(?:come|serve|served)s? from"
    r"|(?:switch|switches|moves?) to|points? (?:at|to)"
)
#: What code does with data that it needed until now.
LEAVES = (
    rf"instead of|in place of|rather than|no longer (?:{READS})|not (?:{READS}) (?:[\w`'-]+ ){{1,4}}?any ?more"
    r"|stops? (?:reading|using|writing)"
)
#: What makes an unsure thing one that must go again.
FOR_A_WHILE = (
    r"temporar\w*|interim|transition\w*|compat\w*|until|legacy|old|both|during the (?:migration|move|cutover|switch)"
    r"|for the (?:duration|time) of|while the|stopgap|short-lived"
)
#: What is done to have such a thing, at the beginning of a clause, and what is done where it can be switched.
ADDING = (
    r"adds?|introduces?|builds?|creates?|implements?|installs?|inserts?|sets? up|puts? in(?: place)?|ships?|provides?"
    r"|leaves?|gets?|gains?|wraps? \w+ (?:in|with)"
)
SWITCHING_ON = r"starts?|turns? on|switch(?:es)? on|begins?|enables?|deploys?"
#: The same where the thing stands in between: "Turn the dual write on", "Switch the shim off".
SWITCHING = r"turns?|switch(?:es)?"
#: What is done to be rid of it, and what is done where it can be switched.
REMOVING = (
    r"removes?|deletes?|drops?|retires?|tears? down|takes? out|rips? out|phases? out|purges?|strips? out"
    r"|decommissions?|cleans? up|sunsets?"
)
SWITCHING_OFF = r"disables?|stops?|ends?|turns? off|switch(?:es)? off|shuts? down"
#: What has been done to it, likewise.
GONE = r"removed|deleted|dropped|retired|taken out|torn down|decommissioned|gone"
SWITCHED_OFF = r"disabled|stopped|ended|turned off|switched off|shut down"
#: What makes it doubtful that the removal of which a text speaks happens in the stage in which it stands.
ANOTHER_TIME = (
    r"once|until|unless|if|later|not yet|as soon as|next release|eventually|plan(?:ned)? to"
    r"|(?:stages?|phases?|steps?) #?\d+"
)
#: The beginnings of words that speak of such an end, in any form.
ENDS = (
    r"remov|delet|drop|disabl|retir|stop|tear|torn|take[ns]? out|rip|phas|purg"
    r"|(?:turn|switch)(?:ed|s|es|ing)? (?:[\w`'-]+ ){0,8}?off\b"
    r"|strip|decommission|clean|sunset|shut|gone|goes|go away|end(?:s|ed|ing)?\b|expir|eliminat|get rid|no longer"
    r"|unwind|contract|until|lifetime|short-lived|for \w+ (?:days|weeks|months)|permanent|for good|stays|only\b"
)
#: Words for all such things at once.
ANY_THING = (
    r"temporary|transitional|interim|compat\w*|(?:legacy|old|dead|unused) (?:code|path)s?|leftovers|scaffolding"
    r"|migration (?:code|helpers?|scaffolding)"
)
#: The old form itself: when it goes, nothing old works any longer.
OLD_FORM = (
    r"(?:the )?(?:old|legacy|former|previous|deprecated|obsolete|unused|v1) (?:[\w`'-]+ ){0,2}?"
    r"(?:columns?|tables?|fields?|endpoints?|schemas?|formats?|apis?|routes?|keys?|settings?|variables?|values?|topics?)"
)
#: The same for forms of data, which may be told by a name alone.
OLD = r"old|legacy|former|previous"
FORMS_OF_DATA = r"columns?|tables?|fields?|collections?"
#: Words of data that nothing reads, or that are not what counts.
NOT_IN_USE = (
    r"unused|obsolete|deprecated|unread|empty|orphan\w*|dead|spare|new|temp|temporary|staging|backups?|cop(?:y|ies)"
    r"|tests?|scratch|shadow|replicas?|nobody|nothing|not (?:used|read|needed)|no (?:code|query|queries)|already|since"
)
