"""The words by which a switch is told, and those that speak of old and new side by side, as data in lower case.

Each row is a regular expression, joined with the others and anchored by `parallel_runs`.
"""

from __future__ import annotations

# --- what is switched -------------------------------------------------------------------------------------------------

#: What people, requests and data reach the system by, or are held in: old and new can serve it at once.
THINGS = (
    r"traffic|dns|cname|a[- ]records?|mx(?:[- ]records?)?|name ?servers?|load[- ]balancers?|alb|nlb|elb|cdn|ingress",
    r"gateway|reverse proxy|users|customers|tenants|visitors|subscribers|mail|mailboxes|mail flow",
    r"databases?|db|postgres(?:ql)?|mysql|mariadb|oracle|sql server|mongo(?:db)?|cassandra|dynamodb|aurora|rds",
    r"cockroachdb|data ?stores?|data layer|warehouse|reads|writes|object stores?|buckets?|storage",
    r"queues?|brokers?|kafka|rabbitmq|activemq|sqs|message bus|event bus|search|search index(?:es)?|elasticsearch",
    r"opensearch|solr|clusters?|platform|regions?|data cent(?:er|re)s?",
)
#: What makes such a word the name of a piece of code, of a setting or of an account: "the search service".
PARTS_OF_CODE = (
    r"client|driver|library|sdk|adapter|orm|schema|model|code|service|ui|page|form|field|box|team|tool|test|module",
    r"package|wrapper|helper|interface|config|configuration|setting|credential|password|secret|user|role|permission",
    r"key|view|certificate|alert|dashboard|metric|log|logging|doc|component|plugin|version|backup|lookup|screen",
    r"button|table|column|bar|filter|function|query|endpoint|handler|api|job|script|app|application|feature|pool",
    r"connector",
)
#: Words in the name of a stage that switches settings, or nothing that is live.
NOT_LIVE = (
    r"secrets?|config|configuration|settings|credentials|certificates?|flags|environment variables|staging|tests?|ci",
    r"dev|development|sandbox|local|pre-?prod|preview|demo|internal tools|logs|logging|metrics|monitoring|dashboards",
    r"alerts|backups?",
)
#: What is done to such a thing when it is switched, and how the switch of it is called.
SWITCHES = (r"switch(?:es|ed|ing)?|cut(?:s|ting)?[ -]?over|re-?points?|points?|fail(?:s|ing)?[ -]?over",)
SWITCH_NOUNS = (r"switch(?:ing|-?over)?|cut-?over|flip|fail-?over",)
#: Who and what is sent on to another place, and by which words.
SENDS = (r"moves?|sends?|routes?|re-?routes?|redirects?|shifts?|flips?|directs?",)
SENT = (r"traffic|requests|queries|searches|reads|writes|visitors|customers|tenants|users",)
#: What is done to an address.
ADDRESS_CHANGES = (r"change|update|set|replace|edit",)
ADDRESSES = (r"dns|cname|a[- ]record|mx record|connection string|dsn|database_url|name ?server|target group|upstream",)


# --- side by side -----------------------------------------------------------------------------------------------------

_GROUP = r"(?:tenants?|customers?|regions?|shops?|sites?|stores?|teams?|groups?|clients?|shards?|users|departments?)"
#: What of an old thing is told, or of a thing that is kept, a few words further on.
_OLD = r"(?:old|legacy|current|existing|previous|source|former)\b[^.;\n]{0,60}\b"
_KEPT = r"(?:keep(?:s|ing)?|leav(?:e|es|ing)|kept|left|stays?)\b[^.;\n]{0,60}\b"
_SHARE = r"\d+ ?(?:%|percent|per cent)"

#: Beginnings of words that speak of copies in step; the replicas of a container are none.
COPIES = (
    r"replicat|replica(?!s?[\"']?\s?[:=]|set)|stand-?by|follower|fail-? ?over|rsync|synchroni",
    r"sync(?!.?await)|cdc\b|change data capture|debezium|logical decoding|binlog|create (?:publication|subscription)",
    r"pg_stat_(?:subscription|replication)|in (?:lock)?step(?! ?\d| [a-z]\b)|drain|alias",
)
#: Beginnings of words that speak of old and new at once; stages that run in parallel are another matter.
BOTH = (
    r"paral+el(?!\w* (?:with|to) (?:stage|phase|step|wave)s? )|side[- ]by[- ]side|alongside|in tandem",
    r"simultan|co-?exist|(?:old|legacy)(?: and | \+ |/)(?:the )?new|new and (?:the )?old",
    r"(?:from|to|in|on|by|against|for|through|with|between) both|both (?:stay|serve|answer|accept|run|live|work)",
    r"both (?:the )?(?:old|sides|systems|databases|clusters|stacks|platforms|versions|environments|instances|queues)",
    r"both (?:the )?(?:brokers|index|paths|regions|sites|providers|services|stores|copies|are|remain|exist|read|write)",
    r"shadow(?!-?(?:sm|md|lg|xl|none|inner|dom)\b)|dual\b|dual-|double-? ?writ|blue(?:/|-| | and )green",
    r"mirror(?!\w* (?:\w+ ){0,3}(?:structure|layout|dir|directory|directories|folder|schema|naming|design)\b)",
    r"dark (?:launch|read|traffic)|compar\w+ (?:the |their |its )?(?:answers|results|responses|replies|reads|output)",
    # the old one goes on
    rf"{_OLD}(?:stay|remain|keep|kept|continu|follow)",
    rf"{_OLD}still (?:run|serv|up|there|answer|work)",
    rf"{_KEPT}(?:running|up|alive|online|available|in place)\b",
    rf"{_KEPT}(?:warm|hot|as (?:a |an )?(?:fallback|backup))\b",
)
#: Beginnings of words that speak of a switch by and by.
BY_AND_BY = (
    r"canar|weight|traffic[- ]split|split\w* (?:the )?traffic|feature[- ](?:flag|toggle)|launchdarkly|cohort",
    r"unleash|pilot\b|early adopter|opt[- ]in\b|beta (?:users|testers|group|customers)|in batches|gradual|progressiv",
    r"incremental|phased|rolling|one (?:by one|at a time|after another)|staged roll|ramp(?:ed)?[- ]?up",
    r"ramping|in waves|wave \d|(?:first|second) wave|subset of|(\w+) by \1\b|(?:a few|some) (?:users|customers)",
    rf"{_SHARE} (?:of (?:(?:the|all|our|its|live|production|incoming) )*)?(?:traffic|visitors|sessions|{_GROUP})",
    rf"(?:route|send|shift|move|direct|serve|start|begin)\w*\b[^.\n]{{0,40}}\b{_SHARE}",
    rf"(?:first|one|two|three|a single|\d+) (?:\w+ ){{0,2}}{_GROUP} (?:first|only|before|a day|a week|at first)",
    rf"for (?:a |one |the first |some )(?:\w+ )?{_GROUP}\b",
)
#: Beginnings of words that say that the switch is made in one go on purpose: a planned downtime is a choice.
ON_PURPOSE = (
    r"(?:planned|scheduled|announced|for|during) maintenance|maintenance (?:window|mode|page|slot|period|night)",
    r"(?:planned|scheduled|accepted|announced) (?:outage|interruption)|(?:outage|interruption) (?:window|of \d)",
    r"(?:cut-?over|change|service|night|weekend|release|deployment|migration) window|big[- ]bang|offline|read[- ]?only",
    r"write freeze|freez\w+ (?:all |the )?writ|(?:unavailable|closed|down) for",
    r"(?:unavailable|closed) (?:from|between|during|on|over|while|until)",
    r"(?<!zero[ -])(?<!no )(?<!without )(?<!avoid )(?<!any )down-?time",
)
#: Where the new is tried that does not run beside the old.
ELSEWHERE = (r"local|locally|ci|staging|dev|development|sandbox|laptops?|test env\w*",)
