"""The phrases by which a stage says that it needs another one, or is needed by one: data, in English and lower case."""

from __future__ import annotations

from lint_migration_plan.plan.facts.phrases import GAP, LOOSE

#: In these patterns STAGE, START and END are as in `phrases`. A sentence with one of these words is no sure sign of a
#: need: it denies it, sets a condition, compares, or says that what another stage made is left alone.
NO_NEED = (
    rf"{LOOSE}|none|nothing|same|similar|similarly|as in|as with|as for|besides|except|apart|aside|addition|compared"
    r"|compare|than|parallel|regardless|irrespective|unaffected|unchanged|untouched|leave|leaves|left|keep|keeps|kept"
    r"|stay|stays|remain|remains|remaining|still|ignore|ignores|see|until|formerly|would"
    r"|alternatively|or"
)
_DONE = (
    r"(?:done|complete|completed|finished|over|through|live|deployed|released|merged|verified|stable|green|in place"
    r"|in production|rolled out|signed off|closed|successful|up and running|running|up|run|ready|applied|shipped|passed"
    r"|gone live|been \w+)"
)
#: A stage that is over: "is live", "has been fully rolled out", "completes".
_IS_DONE = (
    rf"(?:(?:is|are|has|have|was|were) (?:(?:been|fully|completely|successfully|safely|all|both) ){{0,2}}{_DONE}(?!\w)"
    r"|(?:completes?|finish|finishes|succeeds?|ran|went live|goes live|has succeeded)(?!\w))"
)
#: What is done in the imperative, before "after Stage 2".
_DO = (
    r"(?:run|start|begin|deploy|execute|apply|switch|enable|turn|point|install|copy|move|import|load|drop|delete|remove"
    r"|disable|stop|open|close|do|roll|ship|release|merge|set|create|restart|rebuild)"
)
_NEEDS = (
    r"(?:requires?|needs?|depends? (?:up)?on|relies on|rely on|builds? (?:up)?on|presupposes?|assumes?|blocked by"
    r"|waits? for|waiting for|awaits?)"
)
_RESULT = (
    r"(?:(?:the )?(?:completion|end|success|result|results|outcome|output|changes|work|deployment|release|rollout)"
    r" (?:of|from|in) )"
)
_MADE = (
    r"(?:created|added|built|deployed|installed|introduced|provisioned|set up|prepared|generated|written|exported"
    r"|imported|copied|published|registered|started|taken|made|opened|enabled|migrated|moved|renamed|filled|populated)"
)
#: Words of a noun and what stands before it; a verb "to be" among them makes a statement of it.
_NOUN = r"(?:(?!(?:is|are|was|were|be|been|being|has|have|had|gets?|got|will|to) )[^\s.,;:()]{1,40} ){1,6}?"
_THE = r"(?:the|a|an|its|all|every|each|both|these|those|this|that|our|their|new)"
#: Things that a text points to instead of writing them out again: they need not have run.
_TEXTS = (
    r"(?:steps?|commands?|procedures?|process|runbook|script|scripts|checklist|checks?|tests?|suite|quer(?:y|ies)|probes?"
    r"|verification|approach|pattern|way|method|lessons?|rollback|plan|schedule|window|rules?|criteria|numbers?)"
)
_USE = (
    r"(?:uses?|using|reads?|loads?|restores?|imports?|appl(?:y|ies)|deploys?|promotes?|starts?|mounts?|drops?|deletes?"
    r"|removes?|switch(?:es)? to|connects? to|points? [^\s.;:()]+ (?:at|to)|with|through|via|against|on top of)"
)
#: A stage's word that another one is done before it.
NEEDS = (
    rf"(?:only )?(?:after|once|as soon as|now that) STAGE {_IS_DONE}",
    r"START(?:only )?after STAGE END",
    r"only (?:after|once|with) STAGE END",
    rf"START{_DO}\b{GAP} after STAGE END",
    rf"{_NEEDS} (?:that )?{_RESULT}?STAGE",
    rf"{_NEEDS} (?:{_THE} )?{_NOUN}(?:from|of|{_MADE} (?:in|by|during)) STAGE END",
    rf"{_THE} {_NOUN}{_MADE} (?:in|by|during) STAGE",
    rf"{_USE} {_THE} (?:(?!{_TEXTS} )[^\s.,;:()]{{1,40}} ){{1,5}}?(?:from|of) STAGE END",
    r"prerequisites?(?: is| are|:)? STAGE END",
    rf"(?:with|given|now that) STAGE (?:is |are )?{_DONE}(?!\w)",
)
_NEVER = (
    r"(?:cannot|can not|can't|must not|mustn't|may not|should not|shall not|do not|don't|does not|doesn't|will not"
    r"|won't|never)"
)
#: The same with a word of `NO_NEED` in it: "must not start before Stage 2 is live".
NEEDS_BY_DENIAL = (
    rf"{_NEVER} (?:be )?(?:\w+ ){{0,4}}(?:before|until) STAGE",
    r"not (?:before|until) STAGE",
    rf"waits? until STAGE {_IS_DONE}",
)
_MUST_BE = rf"(?:be {_DONE}|have {_DONE}|run first|come first|finish|complete)"
#: A stage's word that another one must be done; with a third stage in the sentence, that would be the one that needs.
MUST_BE_DONE = (rf"STAGE (?:must|has to|have to|needs to|need to) (?:already |first )?{_MUST_BE}(?!\w)",)
_BE_DONE = r"(?:run|be (?:done|complete|completed|finished|live|deployed|in place)|finish|complete|happen)"
#: A stage's word that a later one needs it.
NEEDED_BY = (
    r"(?:needed|required|expected|presupposed) (?:by|for|in) STAGE",
    r"(?:a |the )?prerequisite (?:of|for) STAGE",
    rf"STAGE (?:{_NEEDS}) (?:this|it|them|these)(?: stage)?(?= ?(?:\Z|[.,;:)]))",
    rf"(?:START|(?:it|this|this stage|the stage) )(?:must|has to|needs to) {_BE_DONE} before STAGE END",
)
