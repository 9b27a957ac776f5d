"""The orders of stages that the guide gives for three types of migration, as data; a team adds its own in `Vocabulary`.

An ordering is a list of milestones, in the guide's order, and the pairs of them whose order matters. Only hard pairs
are listed: turned round, something breaks or is lost. What the guide has so by habit alone (deprecation warnings before
the upgrade, the configuration before the database, the cleanup last) is in no pair.

A stage is a milestone by its name alone, and only where each word of the name is known: one of `COMMON`, one of the
milestone's own, or one that the plan's title, From or To have. "Switch the traffic" is the switch; "Switch the staging
traffic", "Rehearse the switch" and "Switch the traffic back" hold a word that is not known, and are not. In all words
here, ``*`` stands for any end, ``{old}`` for what From begins a line on infrastructure, data or dependencies with and
To does not, and ``{new}`` for the reverse.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sign(NamedTuple):
    """What a name must hold to be a milestone: one of the ``verbs``, and a word of each line of ``about``."""

    verbs: str
    about: tuple[str, ...]


class Milestone(NamedTuple):
    """A milestone; ``line`` is what messages call it, in the guide's words.

    A name is the milestone by any of its ``signs``, where all other words of it are known; ``beside`` are some that are
    known here. It *may be* the milestone, which keeps the linter silent, where it has a sign among other words, one of
    the words ``instead``, or is of the ``kind`` of `StageKind`. ``phrases`` are a team's: a name begins with one.
    ``trial`` is True where a trial, in staging or elsewhere, is as good as the real thing.
    """

    name: str
    line: str
    signs: tuple[Sign, ...] = ()
    beside: str = ""
    instead: str = ""
    kind: str = ""
    trial: bool = False
    phrases: tuple[str, ...] = ()


class Pair(NamedTuple):
    """Two milestones whose order matters, and why; ``why`` says what is wrong as long as ``then`` comes first.

    A plan of which a stage up to ``then`` says one of ``unless`` in what it changes means its own order.
    """

    first: str
    then: str
    why: str
    unless: tuple[str, ...] = ()


class Ordering(NamedTuple):
    """An ordering; ``label`` names in messages what it is for, with an article."""

    name: str
    label: str
    milestones: tuple[Milestone, ...]
    pairs: tuple[Pair, ...]


#: Words that say nothing of what a stage is.
COMMON = "the a an and or of to from for on in at into onto with by as via its our their this all any each new target"

#: Words by which a summary speaks of practice, or of a thing that nobody needs: the stage is no milestone then.
NOT_FOR_REAL = (
    "rehears* dry drill* simulat* mock* practice* practise* staging sandbox* non-production nonproduction"
    " pre-production preproduction preprod uat pilot* trial* unused idle obsolete spare dormant stale abandoned orphan*"
)

_OLD = "old legacy previous former source {old}"
_OFF = "off down"
_END = "decommission* retir* sunset* dismantl* teardown shutdown remov* delet* destroy* terminat* scrap*"
_END_IN_TWO_WORDS = "switch* turn* power* shut* tear* take*"
_PLATFORMS = "platform cluster environment infrastructure server* machine* vm vms system stack hosting datacenter*"
_PLATFORMS_OLD = f"{_PLATFORMS} datacentre* center centre {{old}}"
_DATABASES = "database db instance server host cluster primary"
_DATABASES_OLD = f"{_DATABASES} databases instances servers machine* vm vms {{old}}"
_APPLICATION = "application* app apps service* workload*"
_SET_UP = "set setup provision* creat* build* stand spin establish*"
_PROOF = "verif* validat* check* confirm* prove* proof"
_TRIAL = f"{_PROOF} test* smoke rehears* dry shadow* canary pilot* parallel acceptance uat trial* preview compar*"
_COMPATIBILITY = "shim* compatibility compat adapter* wrapper* polyfill* facade*"
_USE = "traffic production write* connection* user* client* customer* cut cutover live"
_LIVE = "cutover live golive rollout canary wave* launch*"

_ADD_SHIMS = Milestone(
    "add-shims",
    "Add compatibility layer / shims",
    signs=(Sign("add* introduc* build* creat* implement* install* writ*", (_COMPATIBILITY,)),),
    beside="layer* code",
    instead=_COMPATIBILITY,
    kind="add compatibility",
)
_DEVELOP = Milestone(
    "develop",
    "Update development dependency (local testing)",
    signs=(Sign("updat* upgrad* bump* install* try* test*", ("dev development local* ci",)),),
    beside="dependenc* librar* package* framework* version testing environment* machine* only first",
    instead="dev development local* ci test* try* trial* branch staging spike prototype",
    trial=True,
)
_FIX_WARNINGS = Milestone(
    "fix-warnings",
    "Fix deprecation warnings",
    signs=(Sign("fix* resolv* address* clear* remov* clean*", ("deprecat*",)),),
    beside="warning* call* api apis code usage* up",
)
_PRODUCTION = Milestone(
    "production",
    "Update production dependency",
    signs=(Sign("updat* upgrad* bump* deploy* releas* roll rollout ship* switch*", ("production prod live",)),),
    beside="dependenc* librar* package* framework* version out",
    instead="production prod live rollout releas* deploy* upgrad* updat* bump*",
)
_REMOVE_SHIMS = Milestone(
    "remove-shims",
    "Remove compatibility shims",
    signs=(Sign("remov* drop* delet* retir*", (_COMPATIBILITY,)),),
    beside="layer* code",
    kind="remove compatibility",
)
_CLEAN_UP = Milestone(
    "clean-up",
    "Cleanup",
    signs=(Sign("clean* cleanup tidy*", ("clean* cleanup tidy*",)),),
    beside="up code final",
)

DEPENDENCY_UPGRADE = Ordering(
    "dependency-upgrade",
    "a dependency upgrade",
    (_ADD_SHIMS, _DEVELOP, _FIX_WARNINGS, _PRODUCTION, _REMOVE_SHIMS, _CLEAN_UP),
    (
        Pair("add-shims", "production", "what needs the compatibility layer breaks in production"),
        Pair("develop", "production", "production is the first to run the new version"),
        Pair("add-shims", "remove-shims", "there is nothing yet to remove"),
        Pair(
            "production", "remove-shims", "production still runs the old version, which needs the compatibility layer"
        ),
    ),
)

_SET_UP_PLATFORM = Milestone(
    "set-up",
    "Set up target platform (empty)",
    signs=(Sign(f"{_SET_UP} prepar*", (f"{_PLATFORMS} landing {{new}}",)),),
    beside="up empty zone cloud",
    instead=f"{_SET_UP} bring* launch* install* terraform* bootstrap* foundation* landing",
)
_DEPLOY = Milestone(
    "deploy",
    "Deploy application to target (non-production)",
    signs=(Sign("deploy* install* run*", (f"{_APPLICATION} stack", f"new target cloud {_PLATFORMS} {{new}}")),),
    beside="non-production without traffic",
    instead="deploy* install* run* releas* mov* migrat* port* lift* containeri*",
    trial=True,
)
_CONFIGURE = Milestone(
    "configure",
    "Migrate configuration and secrets",
    signs=(Sign("migrat* mov* copy* transfer* import* set sync*", ("config* secret* setting* credential*",)),),
    beside="up environment variable*",
)
_DATA = Milestone(
    "data",
    "Migrate database (copy or sync)",
    signs=(Sign("migrat* mov* copy* sync* replicat* transfer* restor* import* load*", ("data database* db",)),),
    beside="copy sync initial full bulk",
    instead="data database* db replicat* dump* restor*",
)
_VERIFY_PLATFORM = Milestone(
    "verify",
    "Verify application on target",
    signs=(
        Sign(
            f"{_PROOF} test* smoke",
            (f"{_APPLICATION} {_PLATFORMS} deployment", f"new target cloud {_PLATFORMS} {{new}}"),
        ),
    ),
    beside="data load performance functional acceptance",
    instead=_TRIAL,
    kind="verify",
    trial=True,
)
_SWITCH_TRAFFIC = Milestone(
    "switch",
    "Switch DNS / traffic routing",
    signs=(
        Sign(
            "switch* cut cutover flip* rout* rerout* re-rout* redirect* shift* swap*",
            (f"dns domain* traffic user* customer* production cut cutover live {_APPLICATION} {_PLATFORMS} {{new}}",),
        ),
        Sign("mov* point* repoint* re-point* updat* chang* direct* send*", ("dns domain* traffic user* customer*",)),
        Sign("go going", ("live",)),
        Sign("golive", ("golive",)),
    ),
    beside="over record* routing load balancer final full remaining rest old",
    instead=_LIVE,
    kind="switch",
)
_DECOMMISSION_PLATFORM = Milestone(
    "decommission",
    "Decommission old platform",
    signs=(
        Sign(_END, (_OLD, _PLATFORMS_OLD)),
        Sign(_END_IN_TWO_WORDS, (_OFF, _OLD, _PLATFORMS_OLD)),
        Sign("decommission*", ("decommission*",)),
    ),
    beside="data after days weeks switch cutover final",
    kind="decommission",
)

_ONLY_OLD_PLATFORM = "the old platform is the only one that is known to work"

PLATFORM = Ordering(
    "platform",
    "a platform migration",
    (
        *(_SET_UP_PLATFORM, _DEPLOY, _CONFIGURE, _DATA, _VERIFY_PLATFORM, _SWITCH_TRAFFIC),
        _DECOMMISSION_PLATFORM,
    ),
    (
        Pair("set-up", "deploy", "there is nothing yet to deploy to"),
        Pair("set-up", "verify", "there is nothing yet to verify"),
        Pair("deploy", "verify", "there is nothing yet to verify"),
        Pair("set-up", "switch", "there is nothing yet that could answer"),
        Pair("deploy", "switch", "there is nothing yet that could answer"),
        Pair(
            *("data", "switch", "users meet the new platform without their data"),
            unless=(
                *("old database", "existing database", "current database", "same database", "shared database"),
                *("source database", "database stays", "database remains", "old db", "database on the old"),
            ),
        ),
        Pair("verify", "switch", "users are the first to try the new platform"),
        Pair("set-up", "decommission", _ONLY_OLD_PLATFORM),
        Pair("deploy", "decommission", _ONLY_OLD_PLATFORM),
        Pair("data", "decommission", "the data is on the old platform alone"),
        Pair("verify", "decommission", _ONLY_OLD_PLATFORM),
        Pair("switch", "decommission", "until the switch users are served by the old platform"),
    ),
)

_TEST = Milestone(
    "test",
    "Test application against new DB version (local/CI)",
    signs=(
        Sign(
            "test* run* try*",
            (
                f"{_APPLICATION} suite code quer*",
                "against local* ci version compatib* suite pipeline",
                "database db version new {new}",
            ),
        ),
    ),
    beside="integration unit tests",
    instead=f"{_TRIAL} compatib* ci local* try* audit* assess*",
    kind="verify",
    trial=True,
)
_FIX = Milestone(
    "fix",
    "Fix any incompatibilities",
    signs=(Sign("fix* resolv* address* repair* correct* replac*", ("incompatib* breaking unsupported",)),),
    beside="issue* change* code quer* type* feature* known found sql application app service",
    instead="fix* resolv* address* adapt* incompatib* compatib* rewrit*",
)
_SET_UP_DATABASE = Milestone(
    "set-up",
    "Set up new DB instance",
    signs=(Sign(f"{_SET_UP} launch* install*", (f"{_DATABASES} {{new}}",)),),
    beside="up empty managed",
    instead=f"{_SET_UP} bring* launch* install* terraform* restor* snapshot* instance",
)
_REPLICATE = Milestone(
    "replicate",
    "Configure replication (old → new)",
    signs=(
        Sign("replicat* sync* mirror* copy*", ("replicat* sync* mirror* data row* table* database db",)),
        Sign("configur* set setup start* enabl* establish* creat*", ("replicat* sync* mirror* subscription cdc",)),
        Sign("migrat* mov* load* import* restor* transfer*", ("data row* table* record* dump",)),
    ),
    beside=f"up old between both logical physical streaming continuous initial full bulk {_DATABASES}",
    instead="data replicat* sync* mirror* dump* restor* copy* load* import* backfill* dual",
)
_VERIFY_DATA = Milestone(
    "verify",
    "Verify data sync",
    signs=(
        Sign(
            f"{_PROOF} compar* reconcil*",
            ("data sync* replicat* row* count* checksum* consisten* integrity lag record* table*",),
        ),
    ),
    beside=f"old between both against side* {_DATABASES}",
    instead=f"{_TRIAL} reconcil* checksum* count* parity",
    kind="verify",
)
_SWITCH_DATABASE = Milestone(
    "switch",
    "Switch application to new DB",
    signs=(
        Sign(
            "switch* cut cutover flip* point* repoint* re-point* promot* redirect*",
            (f"{_APPLICATION} {_DATABASES} {{new}} {_USE}",),
        ),
        Sign(
            "mov* migrat*",
            (f"{_APPLICATION} traffic user* client* connection* write*", f"new target {_DATABASES} {{new}}"),
        ),
        Sign("upgrad* updat*", ("production",)),
        Sign("go going", ("live",)),
        Sign("golive", ("golive",)),
    ),
    beside="over final full remaining rest old string* dns",
    instead=f"{_LIVE} promot*",
    kind="switch",
)
_MONITOR = Milestone(
    "monitor",
    "Monitor for issues",
    signs=(
        Sign(
            "monitor* observ* watch* hypercare stabili*",
            ("issue* error* regression* problem* anomal* hypercare stabili* switch cutover post-switch post-cutover",),
        ),
    ),
    beside=f"after {_APPLICATION} production live performance behaviour behavior quer* {_DATABASES}",
    kind="monitor",
)
_DECOMMISSION_DATABASE = Milestone(
    "decommission",
    "Decommission old DB",
    signs=(
        Sign(f"{_END} drop*", (_OLD, _DATABASES_OLD)),
        Sign(_END_IN_TWO_WORDS, (_OFF, _OLD, _DATABASES_OLD)),
        Sign("decommission*", ("decommission*",)),
    ),
    beside="after days weeks switch cutover final",
    kind="decommission",
)

DATABASE_UPGRADE = Ordering(
    "database-upgrade",
    "a database upgrade",
    (
        *(_TEST, _FIX, _SET_UP_DATABASE, _REPLICATE, _VERIFY_DATA, _SWITCH_DATABASE, _MONITOR),
        _DECOMMISSION_DATABASE,
    ),
    (
        Pair("set-up", "replicate", "there is nothing yet to replicate to"),
        Pair("set-up", "verify", "there is nothing yet to verify"),
        Pair("replicate", "verify", "there is nothing yet to verify"),
        Pair("test", "switch", "the application meets the new version for the first time in production"),
        Pair("fix", "switch", "what the new version does not bear breaks in production"),
        Pair("set-up", "switch", "there is nothing yet to switch to"),
        Pair("replicate", "switch", "the application meets a database without its data"),
        Pair("verify", "switch", "nobody knows yet whether the new database holds all data"),
        Pair("switch", "monitor", "nothing runs on the new database yet that could be watched"),
        Pair("set-up", "decommission", "the old database is the only one"),
        Pair("replicate", "decommission", "the data is in the old database alone"),
        Pair("verify", "decommission", "the old database is the only one that is known to hold all data"),
        Pair("switch", "decommission", "until the switch the application runs on the old database"),
        Pair("monitor", "decommission", "as long as the new database is watched, the old one is the way back"),
    ),
)

#: The guide's orderings by the type of the migration.
GUIDE: Mapping[str, Ordering] = MappingProxyType(
    {ordering.name: ordering for ordering in (DEPENDENCY_UPGRADE, PLATFORM, DATABASE_UPGRADE)}
)
