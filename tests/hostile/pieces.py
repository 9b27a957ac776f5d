"""Pieces of plans that mean something to the linter: what random text would take ages to hit upon."""

from __future__ import annotations

MARKDOWN = (
    *("# ", "## ", "### ", "#### Rollback\n", "- ", "1. ", "> ", "  - ", "    ", "---\n", "===\n", "***\n"),
    *(
        "**",
        "*",
        "_",
        "`",
        "```\n",
        "~~~\n",
        "[x](y)",
        "[x][y]",
        "[x]: y\n",
        "![",
        "](",
        "<br>",
        "<!--",
        "-->",
        "&amp;",
    ),
    *(
        "\\|",
        "|",
        "| a | b |\n|---|---|\n",
        "\n",
        "\n\n",
        "\t",
        "\r\n",
        "\r",
        "\u2028",
        "\0",
        "\ufeff",
        "🚀",
        "a\u0301",
    ),
)

PLAN = (
    *("### Stage 2 — X\n", "### Phase 1: Y\n", "## Migration: Z\n", "## Gap → Stage Mapping\n", "**Stage 3 - W**\n\n"),
    *("### From\n", "### To\n", "### Motivation\n", "### Timeline\n", "### Abort criteria\n", "## Stages\n"),
    *("- Total: 3 weeks\n", "- Cutover: 2026-02-30\n", "- Execution: 1 May 2026 – 3 June 2026\n", "- Data: x\n"),
    *("**Risk**: low\n", "**Changes**:\n\n- x\n", "- **Risk Level:** Medium\n", "**Dependencies**: Stage 1-9\n"),
    *("**Estimated effort**: 2d\n", "**Layers affected**: data, code\n", "**Rollback tested**: yes\n"),
    *("**What changes**: x\n", "**Verification**:\n\n1. x\n", "**Rollback**: not possible after Stage 5\n"),
    *("**Compatibility**: both work until Stage 3\n", "- Rollback: x\n", "| Risk | low |\n", "Dual-write to both\n"),
    *(
        "| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n",
        "| a | low | 1h | 1 | |\n",
        "| b \\| c | |\n",
    ),
    "## Verification per stage\n",
    "| Stage | Automated test | Manual check | Rollback test |\n|---|---|---|---|\n",
    "<!-- lint-migration-plan: ignore[unknown-risk] -->\n",
    "<!-- lint-migration-plan: ignore-file[all-rules] -- why -->\n",
    *("TBD", "{name}", "deferred", "Stage 1", "stages 2, 3 and 7", "2h - 1d", "~3", "none", "GAP-03", "1-3", "1.2"),
    *(
        "Expand the schema",
        "Cutover",
        "Decommission",
        "Backfill",
        "see Stage 2",
        "depends on Stage 4",
        "before Phase 1",
    ),
)

YAML = (
    *(
        "a: b\n",
        "- ",
        "? ",
        "&a ",
        "*a",
        "<<: *a\n",
        "!!python/name:os.system",
        "!!int ",
        "|\n",
        ">\n",
        "{",
        "}",
        "[",
        "]",
    ),
    *("select: [all]\n", "ignore: []\n", "severity: {a: error}\n", "fail-on: never\n", "max-file-size: 1 MiB\n"),
    *(
        "vocabulary:\n",
        "  stage-words: [Phase]\n",
        "  layers: {a: [b]}\n",
        "  hours-per-day: 7\n",
        "  labels: {Risk: [x]}\n",
    ),
    *("rules:\n", "overrides:\n- files: ['*.md']\n", "orderings:\n", "type: platform\n", "gap-map: gaps.md\n"),
    *(
        "migration-plan:\n  type: platform\n",
        "  gap-map: gaps.md#a\n",
        "0x",
        "1_000",
        "2026-01-01",
        ".inf",
        "~",
        "'",
        '"',
    ),
)

TOML = (
    *(
        "[tool.lint-migration-plan]\n",
        "[[tool.lint-migration-plan.overrides]]\n",
        'a = "b"\n',
        "a.b.c = 1\n",
        "a = {b = 1}\n",
    ),
    *(
        "a = [\n",
        "]\n",
        '"""',
        "'''",
        'select = ["all"]\n',
        'severity.unknown-risk = "info"\n',
        "vocabulary.hours-per-day = 7\n",
    ),
    *("1979-05-27T07:32:00", "0xff", "inf", "nan", "\\u00e9", "# x\n"),
)

BASELINE = (
    "# lint-migration-plan baseline 1: plan, rule, fingerprint, and what it is about\n",
    *("plan.md\tunknown-risk\t0123456789abcdef\tx\n", '"a\\tb.md"\tgap-order\t0123456789abcdef\n', "\t", "<<<<<<< a\n"),
)

ALL = (*MARKDOWN, *PLAN)

#: What terminals, build services and readers of XML take for a command.
REPORT = (
    *("::error::x", "##[error]x", "##vso[task.complete]", "##teamcity[x]", "##", "vso[", "%0A", "%AZP25", "]]>"),
    *("\x1b[2J", "\x9b", "\r", "\n", "\u2028", "\u202e", "\ufeff", "\ufffe", "\x00", "\x7f", "\b", "\t"),
    *("<a b='c'>", "</testcase>", "&b;", '"', "'", "\\", "{0}", "[a](b)", "🚀", "a\u0301", "日本", " ", "#", ":", "["),
)
