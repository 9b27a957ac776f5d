"""The words by which the name of a stage tells what it is for, as data in lower case.

Kinds are named as `stage_kinds.StageKind` and a team's configuration name them. Words in tuples are plain; what is one
string is a regular expression.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What a name begins with; with a space at its end a whole word, else the beginning of one.
BEGINNINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "prepare": (
            *("prepar", "plan ", "planning ", "set up ", "setup", "set-up", "provision", "bootstrap", "stand up "),
            *("back up ", "backup", "take a backup", "snapshot ", "inventory", "audit ", "assess", "analys", "analyz"),
            *("document ", "train ", "announce ", "communicate", "inform ", "notify ", "freeze ", "baseline"),
            *("discover ", "discovery ", "proof of concept", "pre-flight", "preflight", "prerequisit", "pre-requisit"),
            *("measure ", "rehears", "dry run", "dry-run", "scaffold", "research", "spike ", "prototype", "vorbereit"),
            *("configure replication", "enable replication", "enable logical replication", "start replication"),
            *(
                "create replica",
                "create a replica",
                "create read replica",
                "create a read replica",
                "create the replica",
            ),
            *("lower the ttl", "lower ttl", "lower the dns", "lower dns", "reduce the ttl", "reduce the dns"),
            *("dns ttl", "reduce ttl", "reduce dns"),
            *("préparation", "préparer", "preparación", "preparação", "подготов", "准备", "準備", "事前準備"),
        ),
        "add compatibility": (
            *("compatibility", "dual write", "dual-write", "dual read", "dual-read", "double write", "double-write"),
            *("write to both", "read from both", "write both", "read both", "support both", "accept both"),
            *("expand ", "expand:", "expand-", "backfill-ready", "make compatible", "feature flag", "feature-flag"),
        ),
        "remove compatibility": ("contract ", "contract:"),
        "verify": (
            *("test ", "tests ", "testing ", "verif", "validat", "check ", "checks ", "confirm", "prove ", "load test"),
            *("smoke test", "shadow test", "acceptance", "qa ", "quality assurance", "überprüf", "vérif"),
            *("shadow ", "parallel run", "проверка", "проверить", "验证", "検証", "最終検証"),
        ),
        "monitor": ("monitor", "observe", "watch ", "soak ", "hypercare", "stabili", "мониторинг", "监控"),
        "clean up": (
            *("clean up", "clean-up", "cleanup", "cleaning", "tidy", "aufräum", "nettoy", "limpi", "limpeza", "очист"),
            *("清理",),
        ),
        "decommission": (
            *("decommission", "retire", "sunset", "tear down", "teardown", "shut down", "shutdown", "switch off"),
            *(
                "turn off",
                "power off",
                "archive the old",
                "archive old",
                "delete the old",
                "remove the old",
                "remove old",
                "drop old",
            ),
            *("drop the old", "stilllegung", "abschalt", "décommission", "вывод из эксплуатации", "下线"),
        ),
        "switch": (
            *("switch", "cut over", "cutover", "cut-over", "flip ", "reroute", "route traffic", "redirect", "repoint"),
            *("point ", "fail over", "failover", "promote ", "go live", "go-live", "swap ", "shift traffic", "dns "),
            *("move traffic", "traffic switch", "traffic shift", "umschalt", "bascul", "переключ", "切换", "切り替え"),
        ),
    }
)

#: What keeps old and new working together, and what is done with it: "Add a dual write", "Remove the shims".
COMPATIBILITY_VERBS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "add compatibility": (
            *("add", "introduce", "build", "enable", "start", "create", "implement", "install", "turn on", "switch on"),
        ),
        "remove compatibility": (
            *("remove", "drop", "delete", "disable", "stop", "retire", "end", "turn off", "switch off", "shut down"),
            *("tear down", "take out", "take down", "withdraw", "clean up", "decommission"),
        ),
    }
)
COMPATIBILITY_THINGS = (
    *("compat", "shim", "adapter", "fallback", "fall back", "dual write", "dual-write", "dual read", "dual-read"),
    *("feature flag", "feature-flag", "toggle", "bridge", "facade", "translation layer", "double write"),
    *("double-write", "dual-running", "dual running"),
)
#: How it is called that such a thing goes, behind its name: "Shim removal".
COMPATIBILITY_GOES = ("removal", "removed", "teardown", "retirement", "shutdown", "cleanup", "clean-up", "deletion")
#: What makes of such a thing a piece of a design: "Create the adapter implementations".
PIECES_OF_DESIGN = ("factory", "factories", "implementation", "pattern", "class", "module", "interface")
#: What stands beside the old and takes nothing from it: "Add the column `price_cents`", "Create the new topic".
ADDED_BESIDE = (
    r"(?:add|create|introduce) (?:[\w`'./-]+ ){0,4}?"
    r"(?:columns?|tables?|index(?:es)?|fields?|views?|topics?|queues?|buckets?|endpoints?|routes?|keys?|settings?)(?!\w)"
    r"|additive (?:[\w-]+ ){0,3}changes?(?!\w)"
)
#: What makes the old ready for the new while it still runs with the old: a change, but no move.
MAKES_READY = (
    r"(?:fix|resolve|address|remove|clear)(?: (?:all|any|the|known|remaining)){0,2}"
    r" (?:incompatibilit|deprecat|compatibility (?:issue|problem|warning))"
    r"|make (?:[\w-]+ ){1,5}?(?:backwards?[- ])?compatible|make (?:[\w-]+ ){1,5}?work with both"
)

#: Words that begin the name of a part of the system as well as that of a stage, and how such a name goes on: "Audit log
#: to Kafka", "Monitoring to Grafana".
ALSO_OF_PARTS = (
    *("acceptance", "analysis", "assessment", "audit", "backup", "check", "discovery", "dns", "document", "monitor"),
    *("monitoring", "snapshot", "test", "training", "validation", "verification", "watch", "feature flag"),
)
PARTS = (
    *("app", "api", "data", "database", "event", "framework", "job", "library", "log", "metric", "module", "pipeline"),
    *("rule", "runner", "server", "service", "site", "stack", "store", "suite", "system", "table", "tool", "topic"),
)
PARTS_BY_THEMSELVES = ("monitoring", "backups", "snapshots", "feature flags", "tests", "checks")
#: What is only tried or watched, so that the word behind it tells the kind: "Cutover rehearsal", "Migration tests".
TRIED = (
    *("migration", "deployment", "cutover", "cut-over", "switch", "switchover", "upgrade", "release", "failover"),
    *("fail-over", "import", "conversion", "replication"),
)
#: Where nothing is live, and what is done there first.
NOT_LIVE = r"staging|pre-?prod(?:uction)?|sandbox|(?:the )?test (?:environment|system|cluster)"
DONE_ELSEWHERE = (
    rf"(?:{NOT_LIVE}) (?:deployment|roll-?out|release|upgrade|migration)(?!\w)"
    r"|(?:deploy|roll out|release|install|migrate|upgrade) (?:[\w./-]+ ){0,6}?"
    rf"(?:to|on|in) (?:the )?(?:{NOT_LIVE})(?!\w)"
)

#: Nouns that say it anywhere in a name, where they are its head: a cleanup is one, a cleanup job none.
NOUNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "prepare": (
            *("preparation", "rehearsal", "dry run", "dry-run", "backup", "backups", "baseline", "setup"),
            *("documentation", "training", "bootstrap", "proof of concept"),
        ),
        "add compatibility": (
            *(
                "shim",
                "shims",
                "compatibility layer",
                "compatibility window",
                "dual-write",
                "dual write",
                "dual-writes",
            ),
            *("dual writes", "dual-read", "dual read", "dual-reads", "dual reads"),
        ),
        "verify": (
            *("verification", "validation", "testing", "test", "tests", "acceptance", "quality assurance"),
            *("shadow mode", "shadow run"),
        ),
        "monitor": ("monitoring", "hypercare", "observation", "soak", "stabilisation", "stabilization"),
        "clean up": ("cleanup", "clean-up", "clean up"),
        "decommission": ("decommission", "decommissioning", "retirement", "teardown", "shutdown"),
    }
)

#: The same for a switch, also where a word that moves something stands before it: "Deploy the services, DNS cutover".
SWITCH_NOUNS = ("cutover", "cut-over", "switch", "switchover", "switch-over", "go-live", "failover", "fail-over")
#: What follows a noun that is the head of a name.
BEHIND_A_HEAD = (
    *("and", "und", "et", "y", "of", "to", "from", "for", "in", "on", "at", "with", "by", "during", "before", "after"),
    *("week", "weeks", "day", "days", "period", "phase", "stage", "window", "sprint", "round", "run", "execution"),
)

#: Beginnings of words that move something, so that a noun beside them says nothing: "Move the test data".
MOVING = (
    *("switch", "migrat", "move", "moving", "replac", "upgrad", "updat", "cut", "convert", "rewrit", "swap"),
    *("transfer", "copy", "import", "deploy", "chang", "split", "merg", "renam"),
)

#: What a stage says of itself where nothing of the running system changes.
NO_CHANGE = (
    r"(?:no|without(?: any)?) (?:production |functional |user-visible )?(?:impact|behaviou?r changes?|changes?)\b"
    r"|\bnothing (?:in production )?changes\b|\bnothing is changed\b|\bnon-production\b|\bread-only (?:check|stage)\b"
)

#: What stands beside the running system: a stage about it leaves the layers of the system as they are.
BESIDE_THE_SYSTEM = (
    *(
        "test",
        "tests",
        "testing",
        "ci",
        "ci/cd",
        "pipeline",
        "pipelines",
        "build",
        "builds",
        "tooling",
        "tools",
        "lint",
    ),
    *("linter", "linting", "toolchain", "dev", "development", "local", "sandbox", "editor", "ide", "staging", "docs"),
    *("documentation", "runbook", "runbooks", "monitoring", "script"),
    *("scripts", "benchmark", "benchmarks", "sample", "demo", "laptop", "laptops", "rehearsal", "checklist"),
)
#: How a stage says that what it does goes away again.
FOR_A_WHILE = (
    r"temporar|for the (?:time|duration) of (?:the|this)|for the (?:migration|transition)\b|during the migration"
)
