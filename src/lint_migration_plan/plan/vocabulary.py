"""The words by which a plan is recognised, as data: English first, then what plans in other languages say.

All words are in lower case and compared without case, markup, punctuation at their end and outer spaces. The first
table of each kind is the guide's own; the second holds other names with the same meaning, which are read and then said
once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from lint_migration_plan.plan.orderings import GUIDE
from lint_migration_plan.plan.terms import FieldName, Risk, SectionKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lint_migration_plan.plan.orderings import Ordering

#: The guide's word for a stage, and the words that people use instead.
STAGE_WORD = "stage"
OTHER_STAGE_WORDS = (
    *("phase", "step", "wave", "sprint"),
    *("phases", "stages", "steps"),
    *("étape", "vague", "stufe", "schritt", "welle", "etappe"),
    *("fase", "etapa", "paso", "passo", "ola", "tappa"),
    *("этап", "фаза", "шаг", "стадия", "етап"),
    *("etap", "faza", "krok", "trinn", "steg", "vaihe"),
    *("阶段", "階段", "步骤", "フェーズ", "ステージ", "ステップ", "단계", "שלב"),
)

#: The words with which tutorials number their parts too.
TUTORIAL_WORDS = frozenset(("step", "steps", "schritt", "étape", "paso", "passo", "шаг", "步骤", "ステップ"))

#: What a heading says that names a migration, as the beginnings of words.
MIGRATION_STEMS = (
    *("migrat", "migrac", "migraç", "migraz", "upgrad", "cutover", "cut-over", "rollout", "roll-out", "replatform"),
    *("transition", "modernization", "modernisation", "moderniz", "umstellung", "миграц", "переход"),
    *("модерниз", "migras", "迁移", "遷移", "移行", "升级", "マイグレーション", "ロールアウト", "마이그레이션"),
    *("הגירה", "מיגרציה", "מעבר ל"),
)

#: What a heading says that names a plan rather than a tutorial or a report.
PLAN_STEMS = (
    "plan",
    "roadmap",
    "strategy",
    "stratégie",
    "strategie",
    "計画",
    "计划",
    "план",
    "תוכנית",
    "cutover",
    "rollout",
)

#: Other names for the sections of the guide.
OTHER_SECTION_NAMES: Mapping[SectionKind, tuple[str, ...]] = MappingProxyType(
    {
        SectionKind.FROM: (
            *("current state", "current state analysis", "current state summary", "current architecture"),
            *("current system", "current situation", "current setup", "current stack", "starting point"),
            "source state",
            *("as-is", "as is", "baseline", "existing state", "existing architecture", "from state"),
            *("ist-zustand", "état actuel", "architecture actuelle", "estado actual", "arquitectura actual"),
            *(
                "estado atual",
                "stato attuale",
                "текущее состояние",
                "现状",
                "当前状态",
                "当前架构",
                "現状",
                "現在の状態",
            ),
        ),
        SectionKind.TO: (
            *("target state", "target state summary", "target architecture", "target structure", "target system"),
            *("target setup", "target stack", "target", "to-be", "to be", "desired state", "future state", "end state"),
            *("to state", "soll-zustand", "zielzustand", "zielarchitektur", "état cible", "architecture cible"),
            *("estado objetivo", "arquitectura objetivo", "estado alvo", "arquitetura alvo", "целевое состояние"),
            *("целевая архитектура", "目标状态", "目标架构", "目標アーキテクチャ", "移行後の状態"),
        ),
        SectionKind.MOTIVATION: (
            *("why", "why now", "why migrate", "why this migration", "why are we migrating", "rationale", "reasons"),
            *("goal", "goals", "objective", "objectives", "background", "drivers", "business case"),
            *("motivations", "warum", "pourquoi", "objectifs", "motivación", "objetivos", "motivação", "мотивация"),
            *("цели", "目标", "动机", "目的", "背景"),
        ),
        SectionKind.TIMELINE: (
            *("timeline summary", "estimated timeline", "migration timeline", "project timeline", "schedule"),
            *("timeline overview", "timeline and milestones", "timeline & milestones"),
            *("timeline estimate", "time plan"),
            *("zeitplan", "calendrier", "planning", "cronograma", "calendario", "график", "сроки", "时间表"),
            *("时间线", "スケジュール", "タイムライン"),
        ),
        SectionKind.ABORT: (
            *("overall abort criteria", "migration abort criteria", "overall migration abort criteria"),
            *("abort conditions", "abort criterion", "abort condition", "stop conditions", "stop criteria"),
            *("hard stop conditions", "kill criteria", "rollback triggers"),
            *("rollback trigger conditions", "rollback criteria", "no-go criteria"),
            *("go/no-go criteria", "go / no-go criteria", "abort thresholds", "when to stop", "when to abort"),
            *("abbruchkriterien", "critères d'arrêt", "critères d'abandon", "criterios de aborto"),
            *("critérios de abortar", "критерии остановки", "中止条件", "中止基準", "终止条件"),
        ),
        SectionKind.MAPPING: (
            *("gap to stage mapping", "gap-to-stage mapping", "gap stage mapping", "gap/stage mapping", "gap mapping"),
            *("gap to stage", "gap → stage", "gaps to stages", "gaps → stages", "gap-stage mapping"),
            *("mapping of gaps to stages", "gap to phase mapping", "gap → phase mapping", "gap assignment"),
        ),
        SectionKind.VERIFICATION: (
            *("verification table", "verification matrix", "verification strategy", "stage verification"),
            *("verification by stage", "verification per phase", "verification of stages", "verification plan"),
            *("verification for each stage", "per-stage verification", "validation per stage", "tests per stage"),
        ),
    }
)

#: How headings begin and end that say the same of a part of the system: "Existing schema structure".
STATE_ADJECTIVES: Mapping[SectionKind, tuple[str, ...]] = MappingProxyType(
    {
        SectionKind.FROM: ("current", "existing", "present", "today's", "old", "legacy", "source"),
        SectionKind.TO: ("target", "proposed target", "proposed", "future", "desired", "new", "end", "goal"),
    }
)
STATE_NOUNS = ("state", "structure", "architecture", "schema", "stack", "system", "setup", "landscape", "environment")
#: Of these nouns the ones that say which part of the system it is.
PART_NOUNS = frozenset(("schema",))

#: Other labels for the fields of a stage.
OTHER_FIELD_LABELS: Mapping[FieldName, tuple[str, ...]] = MappingProxyType(
    {
        FieldName.WHAT_CHANGES: (
            *("goal", "goals", "objective", "objectives", "purpose", "description", "summary", "focus", "what"),
            *("what will change", "change summary", "ziel", "objectif", "objetivo", "цель", "目标", "目的"),
        ),
        FieldName.LAYERS: (
            *("layers", "layer", "layer affected", "affected layers", "affected layer", "layers touched"),
            *("betroffene schichten", "couches", "couches affectées", "capas afectadas", "影响层", "影響レイヤー"),
        ),
        FieldName.RISK: (
            *("risk level", "risk rating", "level of risk", "risiko", "risque", "niveau de risque", "riesgo"),
            *("nivel de riesgo", "risco", "риск", "уровень риска", "风险", "风险等级", "リスク"),
        ),
        FieldName.EFFORT: (
            *("effort", "effort estimate", "estimate", "estimated time", "time estimate", "estimated duration"),
            *("duration", "timeline", "time", "time needed", "aufwand", "dauer", "durée", "effort estimé", "esfuerzo"),
            *("duración", "esforço", "duração", "оценка", "трудозатраты", "длительность", "срок", "工期", "工作量"),
            *("期間", "工数", "所要時間"),
        ),
        FieldName.DEPENDENCIES: (
            *("depends on", "dependency", "depends upon", "depends", "blocked by", "stage dependencies"),
            *("abhängigkeiten", "dépendances", "dépend de", "dependencias", "depende de", "dependências"),
            *("зависимости", "зависит от", "依赖", "依存関係", "依存"),
        ),
        FieldName.CHANGES: (
            *("tasks", "task list", "actions", "action items", "steps", "work items", "implementation"),
            *("implementation steps", "specific changes", "migration steps", "approach", "procedure", "activities"),
            *("to do", "änderungen", "aufgaben", "schritte", "tâches"),
            *("étapes", "actions à mener", "tareas", "pasos", "acciones", "cambios", "tarefas", "ações", "passos"),
            *("задачи", "изменения", "шаги", "任务", "变更", "作業内容", "タスク"),
        ),
        FieldName.VERIFICATION: (
            *("validation signals", "validation tests", "validation checks", "acceptance tests", "exit gate"),
            *("validation checklist", "verification checklist", "verification commands", "validation commands"),
            *("go/no-go decision", "go/no-go", "decision gate"),
            *("go/no-go criteria", "go / no-go criteria", "verification checks", "verification tests", "checks"),
            *("verify", "verification steps", "verification criteria", "validation", "validation steps"),
            *("validation criteria", "success criteria", "exit criteria", "acceptance criteria", "acceptance"),
            *(
                "completion criteria",
                "done when",
                "definition of done",
                "dod",
                "success criterion",
                "how to verify",
                "verify by",
            ),
            *("verifikation", "überprüfung", "abnahmekriterien", "vérification", "critères de succès"),
            *("critères d'acceptation", "verificación", "criterios de éxito", "verificação", "critérios de sucesso"),
            *("проверка", "критерии успеха", "критерий успеха", "验收", "验收标准", "验证", "完了条件", "検証"),
        ),
        FieldName.ROLLBACK: (
            *("roll back", "roll-back", "rollback plan", "rollback procedure", "rollback procedures"),
            *("rollback steps", "rollback strategy", "rollback path", "how to roll back", "back-out", "backout"),
            *("back-out plan", "backout plan", "back out", "back out plan", "roll-back plan", "roll back plan"),
            *("roll-back steps", "back-out steps", "undo steps", "how to undo", "how to back out", "revert steps"),
            *("revert", "undo", "rückbau", "rücknahme", "retour arrière"),
            *("plan de retour arrière", "reversión", "reversão", "откат", "план отката", "回滚", "回滚方案"),
            *("ロールバック", "ロールバック手順", "切り戻し"),
        ),
        FieldName.ROLLBACK_TESTED: (
            *("rollback test", "rollback tests", "rollback verified", "tested rollback", "rollback has been tested"),
            *("was rollback tested", "rollback getestet", "откат проверен", "回滚已测试"),
        ),
        FieldName.COMPATIBILITY: ("compatibility window", "compatibility windows", "compatible"),
    }
)

#: The guide's layers, and what people call them.
LAYERS = ("infrastructure", "data", "dependencies", "code", "config", "consumers")
LAYER_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "infrastructure": (
            *("infra", "platform", "hosting", "network", "networking", "servers", "server", "compute", "cloud"),
            *("runtime", "os", "operating system", "kubernetes", "dns", "deployment", "hardware", "vms", "cluster"),
        ),
        "data": (
            *("database", "databases", "db", "data layer", "schema", "storage", "datastore", "data store"),
            "persistence",
            *("sql",),
        ),
        "dependencies": (
            *("dependency", "libraries", "library", "packages", "package", "third-party", "third party", "framework"),
            *("frameworks", "modules"),
        ),
        "code": (
            *("application", "app", "application code", "source", "source code", "backend", "back end", "back-end"),
            *("services", "service", "software", "codebase", "frontend", "front end", "front-end"),
        ),
        "config": (
            *("configuration", "settings", "secrets", "environment", "env", "environment variables", "feature flags"),
            *("configs",),
        ),
        "consumers": (
            *("consumer", "clients", "client", "users", "api", "apis", "api consumers", "integrations", "customers"),
            *("downstream", "downstream systems"),
        ),
    }
)

#: Of these words the ones that say no less than the guide's own, and can mean no other layer.
LAYER_EQUALS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "infrastructure": ("infra",),
        "data": ("database", "databases", "db", "data layer", "datastore", "data store"),
        "dependencies": ("dependency", "libraries", "library", "packages", "package"),
        "code": ("application", "app", "application code", "source code", "codebase"),
        "config": ("configuration", "configs", "settings"),
        "consumers": ("consumer", "clients", "client", "api consumers"),
    }
)

#: The pairs of layers that must work together while one of them is new and the other still old.
COUPLED_PAIRS = (("code", "data"), ("code", "consumers"), ("code", "config"))

#: Short forms that can mean one risk only.
RISK_SHORT: Mapping[str, Risk] = MappingProxyType(
    {
        **dict.fromkeys(("l", "lo", "🟢"), Risk.LOW),
        **dict.fromkeys(("m", "med", "🟡"), Risk.MEDIUM),
        **dict.fromkeys(("h", "hi", "🔴"), Risk.HIGH),
    }
)

#: What a team may mean that writes another word than low, medium or high; used to suggest, never to accept.
RISK_HINTS: Mapping[str, Risk] = MappingProxyType(
    {
        **dict.fromkeys(("l", "lo", "minor", "minimal", "none", "very low", "trivial", "safe", "🟢", "✅"), Risk.LOW),
        **dict.fromkeys(("m", "med", "mid", "moderate", "middle", "normal", "average", "🟡", "🟠", "⚠️"), Risk.MEDIUM),
        **dict.fromkeys(("niedrig", "gering", "faible", "bajo", "baixo", "низкий", "низкая", "低", "低い"), Risk.LOW),
        **dict.fromkeys(("mittel", "moyen", "moyenne", "medio", "médio", "средний", "средняя", "中"), Risk.MEDIUM),
        **dict.fromkeys(("hoch", "élevé", "élevée", "alto", "высокий", "высокая", "高", "高い"), Risk.HIGH),
        **dict.fromkeys(("h", "hi", "critical", "severe", "major", "very high", "extreme", "🔴", "🚨"), Risk.HIGH),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of one team: what the guide has, and what its configuration adds. It is equal to itself alone.

    ``stage_words``, ``labels``, ``layers`` and ``risks`` are accepted without a word; the keys of the mappings and the
    stage words are in lower case. ``working_days`` are weekdays, 0 for Monday, at least one. ``date_order`` is
    "day-month", "month-day" or None, where 03/04/2026 is ambiguous.
    ``stage_kinds`` are further words, by the kind that a stage is of whose name begins with one. ``coupled_pairs`` are
    the pairs of layers that must work together, ``compatible`` further words that say of such a pair that its old and
    its new form both work, and ``removable`` further things that keep them working and must go again.
    ``orderings`` are by the type of a migration.
    """

    stage_words: frozenset[str] = frozenset((STAGE_WORD,))
    labels: Mapping[str, FieldName] = field(default_factory=lambda: {name.value.lower(): name for name in FieldName})
    layers: Mapping[str, str] = field(default_factory=lambda: {name: name for name in LAYERS})
    risks: Mapping[str, Risk] = field(default_factory=lambda: {str(risk): risk for risk in Risk})
    hours_per_day: float = 8.0
    working_days: frozenset[int] = frozenset(range(5))
    date_order: str | None = None
    stage_kinds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    coupled_pairs: tuple[tuple[str, str], ...] = COUPLED_PAIRS
    compatible: tuple[str, ...] = ()
    removable: tuple[str, ...] = ()
    orderings: Mapping[str, Ordering] = field(default_factory=lambda: GUIDE)


DEFAULT = Vocabulary()
