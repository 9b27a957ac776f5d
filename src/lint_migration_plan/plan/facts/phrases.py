"""The words by which the sentences of a plan are judged, as data, in English and lower case.

A sentence says nothing only if all its words stand here: "make the necessary changes" does, and with one word more, a
number, a name or a piece of code it says something. A sentence in another language therefore never says nothing. The
phrases are regular expressions of whole words, joined and anchored by the modules that use them: `concreteness`,
`reversibility` and `entanglement`.
"""

from __future__ import annotations

from typing import NamedTuple


class Emptiness(NamedTuple):
    """When a sentence says nothing: all its words are in ``words``, or in ``nouns`` if a word of ``remarks`` is there.

    A noun such as "files" names little, but enough to be left alone; "update files as needed" names nothing.
    """

    words: frozenset[str]
    nouns: frozenset[str] = frozenset()
    remarks: frozenset[str] = frozenset()


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


#: Words that carry no meaning of their own.
_GLUE = _words(
    "a an the this that these those it it's its all any each every everything anything something thing things stuff",
    "whatever whole rest and or then also just simply again as is are was were be been being will should must can",
    "could to for of in on at by with we we're you us our they there here so such do does did done doing make makes",
    "made get gets have has had if when where wherever while once after before during up out please other others",
    "certain several",
)
#: Words that leave it to the reader.
_HEDGES = _words(
    "need needed needs necessary required appropriate appropriately applicable relevant accordingly suitable possible",
    "possibly maybe perhaps various some somehow etc",
)
_MANNER = _words(
    "carefully thoroughly quickly safely fully completely immediately manually properly correctly successfully",
    "smoothly manual quick simple full complete proper careful thorough",
)
#: What a plan is made of anyway.
_PLAN = _words(
    "change changes update updates adjustment adjustments modification modifications stage step steps task tasks"
)

_CHANGE = _words(
    "updated updating changed changing modify adjust adapt fix fixes improve improvement improvements handle perform",
    "apply implement carry finish prepare migrate move refactor refactoring clean cleanup clean-up set configure",
    "upgrade work works working",
)
_CHECK = _words(
    "check checks checked checking double-check verify verifies verified verifying verification validate validated",
    "validation confirm confirmed ensure sure test tested testing retest re-test see look whether",
)
_JUDGEMENT = _words(
    "work works working worked ok okay fine good well correct correctly properly right expected normal normally",
    "functional functioning success successful successfully",
)
_NO_TROUBLE = _words(
    "no none not nothing doesn't don't didn't isn't still broken broke break breaks breaking wrong bad issue issues",
    "problem problems trouble runs running happened applied ready",
)
_UNDO = _words(
    "undo undone undoing revert reverted reverting reverse reversed roll rolled rolling rollback rollbacks back",
    "roll-back back-out restore restored return reset go put previous prior original former old earlier last state",
    "yes easy",
)
_TROUBLE = _words(
    "wrong problem problems issue issues trouble fail fails failed failure failures failing error errors happen",
    "happens occur occurs arise arises case event go goes broken breaks",
)
_THINGS = _words(
    "system systems application applications app apps service services code codebase file files config configs",
    "configuration configurations setting settings script scripts component components module modules function",
    "functions functionality feature features dependency dependencies documentation docs area areas place places part",
    "parts environment environments software website site frontend backend project item items",
)

_EMPTY = _GLUE | _HEDGES | _MANNER | _PLAN

#: A step that says nothing of what is done.
CHANGE = Emptiness(_EMPTY | _CHANGE | _CHECK, _THINGS, _HEDGES)
#: A check that says nothing of what is seen. "The app starts" and "data intact" are the guide's own, and say enough.
VERIFICATION = Emptiness(_EMPTY | _CHANGE | _CHECK | _JUDGEMENT | _NO_TROUBLE, _THINGS, _JUDGEMENT | {"broken"})
#: A step back that says nothing of how. "Revert commit" and "restore from backup" are the guide's own, and say enough.
ROLLBACK = Emptiness(_EMPTY | _CHECK | _UNDO | _TROUBLE | _words("work works working time"))
#: A condition that nobody could observe: no number, no event, nothing that is measured, only an opinion.
ABORT = Emptiness(
    _GLUE
    | _HEDGES
    | _words(
        "migration project plan planned plans team someone somebody anyone people person nobody one everyone feel",
        "feels feeling felt seem seems look looks think thinks believe believes become becomes is are appear appears",
        "risk risks risky dangerous unsafe bad badly worse wrong well right ok okay good happy unhappy satisfied",
        "dissatisfied uncomfortable confident unsure worried ready too much many very really more most not no longer",
        "doesn't don't isn't aren't won't can't cannot nothing work works working go goes going gone happen happens",
        "happening happened occur occurs occurred arise arises come comes run runs into expected unexpected",
        "unexpectedly unforeseen serious seriously big great large significant fundamental problem problems issue",
        "issues trouble troubles difficulty difficulties difficult hard harder complicated complex messy take takes",
        "taking long high hopeless pointless worth it stop abort cancel reconsider i",
    ),
)

#: Words in capitals that are no names.
SHOUTED = frozenset(("OK",))


# --- a way back -------------------------------------------------------------------------------------------------------

#: What a Rollback says instead of steps: the bare words, which leave open whether there is anything to undo ...
BARE_DENIALS = (
    *(r"none", r"no", r"n\s?/\s?a", r"n\.\s?a\.?", r"not applicable", r"no rollback(?: steps| plan| procedure)?"),
    *(r"no roll-?back", r"not available", r"without rollback"),
)
#: ... and those that say openly that what the stage does stays done.
OPEN_DENIALS = (
    r"(?:not|never|no longer) (?:possible|reversible|feasible)",
    r"impossible",
    r"irreversible",
    r"(?:can ?not|can't|can never|could not) be (?:undone|reverted|reversed|rolled back|taken back|restored)",
    r"there is no (?:way back|rollback|going back|return|undo)",
    r"no (?:way back|going back|return|undo)(?: possible)?",
    r"no rollback(?: is)? possible",
    r"(?:a |the |our )?point of no return",
    r"(?:a )?one[ -]way(?: (?:door|street|step|stage|change|migration|operation|trip|switch))?",
)
#: What such a word is not without.
OPENLY_DENYING = (
    *("possible", "reversible", "feasible", "undone", "reverted", "reversed", "rolled back", "taken back", "restored"),
    *("way back", "going back", "no rollback", "no return", "no undo", "of no return", "one way", "one-way"),
)
#: Whom or what such a sentence speaks of.
DENIED = (
    r"(?:(?:a |the |this )?(?:full )?(?:roll-?back|roll back|step|stage|change|cut-?over|switch|migration|deletion)"
    r"|it|this|that|reverting|undoing(?: it| this)?|going back|rolling back|reversal)"
)
#: What makes such a sentence no weaker; "not possible after Stage 5", in contrast, leaves a way back.
STILL_DENIED = (
    r"(?:at all|any ?more|any longer|in this stage|for this stage|(?:after|from|beyond|past) this (?:stage|step|point)"
    r"|from here(?: on)?|after this|once this stage (?:is done|has run|is complete)|by design)"
)
#: What a Rollback says where the stage leaves nothing to undo, which is fair.
NOTHING_TO_UNDO = (
    r"(?:there is )?nothing (?:to (?:undo|roll back|revert|reverse|restore)|(?:is )?changed|changes)",
    r"(?:none|not|no rollback|no roll-?back|rollback (?:is )?not)(?: is)? (?:needed|required|necessary)",
    r"no (?:changes?|effects?) to (?:undo|roll back|revert|reverse)",
)
#: Words of which a step back would hold one. A denial with one of them beside it may hold a step, and is left alone.
STEPS_BACK = _words(
    "restore restoring redeploy deploy run rerun re-run execute recreate re-create create rebuild build switch point",
    "repoint set reset revert roll start restart stop apply import export copy contact call ask tell inform open use",
    "drop delete remove add put replay rename enable re-enable disable instead until unless except before otherwise",
    "keep pin merge push check install reinstall downgrade mount attach promote demote scale flip toggle turn undo",
    "wipe fail failover swap move migrate update change edit load reload sync resync reimport re-import replace",
    "rotate reverse raise file order buy backup backups snapshot snapshots dump dumps archive follow see connect go",
    "possible",
)
#: Words behind which such a word is a noun: "the file server".
DETERMINERS = _words("a an the this that these each every its their our his old new last next no of any")
#: Work that goes on instead of back, and is no step back for all that.
FORWARD = r"(?:fix(?:ed|ing)?|roll(?:ed|ing)?|fail(?:ed|ing)?|go|move|moving)[ -]forwards?"
#: What a sentence begins with that explains and is no order.
EXPLAINS = r"(?:the|this|these|those|that|all|because|since|as|we|it|its|they|there|from|after|once|each|no|any|both)"


# --- stages that hang together ----------------------------------------------------------------------------------------

#: In these patterns STAGE is the mention of a stage, START the beginning and END the end of a clause. A sentence with
#: one of these words is no sure sign of a tie: it denies it, allows it, or sets a condition.
LOOSE = (
    r"not|no|never|cannot|without|can(?! only)|could|may(?! only)|might|if|unless|when|whenever|should|optional"
    r"|optionally|independent|independently|separate|separately|instead|rather|unlike|either|again|avoid|avoids|like"
)
_SHIPPED = (
    r"(?:deployed|released|shipped|rolled out|merged|cut over|carried out|executed|go(?:es)? live|ships?|deploys?)"
)
_SHIP = r"(?:deploy|release|ship|roll out|merge|enable|switch|activate|publish|go live|cut over)"
_TOGETHER = (
    r"(?:together with|at the same time as|simultaneously with|jointly with|in lockstep with|at once with"
    r"|in the same (?:deployment|deploy|release|rollout|pull request|commit) as"
    r"|in one (?:go|step|release|deployment|deploy|commit) with)"
)
#: A few words of the same clause; the dot of "2.1" ends none.
#: The words of a clause that stand between two of its parts.
GAP = r"(?:[^.;:()]|[.:](?=\S)){0,60}"
#: The stage itself as the subject: "the flag goes live with Stage 3" speaks of the flag alone.
_ITSELF = r"(?:START|(?:it|this|they|both|this stage|the stage|the changes?|these changes) (?:\w+ ){0,3})"
#: A stage that goes live with another one.
GOES_LIVE_TOGETHER = (
    rf"{_SHIPPED} (?:only )?{_TOGETHER} STAGE END",
    rf"{_ITSELF}{_SHIPPED} (?:only )?(?:along )?with STAGE END",
    rf"START{_SHIP}\b{GAP} {_TOGETHER} STAGE END",
)
_PROVED = r"(?:verified|tested|checked|validated|confirmed|proved|proven|covered|demonstrated|measured)"
_PROOF = r"(?:the )?(?:verification|validation|tests?|testing|proof|checks?|confirmation)"
_LATER = r"(?:only |then |later |first |together )?(?:in|with|by|during|after|as part of|at the end of|once)"
_WILL_BE = r"(?:is|are|will be|gets|get|to be|can only be|has to be|have to be|must be|shall be)(?: only| then| later)?"
_PUT_OFF = r"(?:deferred to|postponed to|postponed until|left to|left until|put off to|put off until)"
#: A whole check that leaves the proof to another stage.
PROVED_ELSEWHERE = (
    rf"{_PROVED} {_LATER} STAGE",
    rf"(?:\w[\w'-]* ){{0,5}}{_WILL_BE} {_PROVED} {_LATER} STAGE",
    rf"(?:{_PROOF} )?(?:is |are |will be )?{_PUT_OFF} STAGE",
    rf"{_PROOF} (?:is|are|will be) (?:part of|done in|done with|done during|done after) STAGE",
    rf"{_PROOF} (?:happens?|takes? place|comes?|follows?|will happen|will follow) (?:in|with|during|after) STAGE",
    rf"(?:this |it |the stage |the change )?(?:cannot|can not|can't) be {_PROVED} (?:before|until|without) STAGE",
    rf"(?:not|only) (?:testable|verifiable|{_PROVED}) (?:before|until|without|in|with|after) STAGE",
    r"(?:see|part of|together with|with|in) (?:the )?(?:verification (?:of|in) )?STAGE(?=[.)]?\s*\Z)",
)
#: Proof that a later stage only adds to.
PROVED_MORE = (
    r"again|also|too|as well|further|more|additional|additionally|twice|finally|until then|here|for now|before that"
)
_BACK = r"(?:roll(?:ing)? back|roll-?back|revert(?:ing)?|undo(?:ing)?|revers(?:e|ing)|back(?:ing)? out)"
_CHANGES_OF = r"(?:(?:the |all )?(?:changes|steps|work|deployment|release) (?:of|from|in|made in) )?"
#: A way back that takes another stage along.
UNDONE_TOGETHER = (
    rf"also {_BACK} {_CHANGES_OF}STAGE",
    rf"{_BACK} {_CHANGES_OF}STAGE (?:as well|too|also|first|at the same time)(?!\w)",
    rf"{_BACK}\b{GAP} (?:together|along|jointly) with {_CHANGES_OF}STAGE END",
    rf"(?:requires?|needs?|means|implies) (?:also )?(?:{_BACK}|(?:the |a )?roll-?back of) {_CHANGES_OF}STAGE",
    r"STAGE (?:also )?(?:must|has to|have to|needs to|need to) (?:also )?be (?:rolled back|undone|reverted|reversed)",
)
