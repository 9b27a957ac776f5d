"""What the benchmark runs over: plans without a defect, and a repository of documents, all from one seed."""

from __future__ import annotations

import os
import random
from typing import NamedTuple

SEED = 20260302

_SERVICES = (
    *("orders", "invoices", "payments", "shipping", "catalogue", "customers", "search", "mail", "reports", "stock"),
    *("returns", "coupons", "prices", "sessions", "audit", "images", "ledger", "routes", "tickets", "quotas"),
)
_THINGS = ("queue", "bucket", "topic", "role", "volume", "schema", "index", "certificate", "dashboard", "job")
_TEXT = (
    "the team reads every line of this page before it begins and says in the channel when each part of it is done so "
    "that nobody waits for an answer that somebody else has given long ago while all numbers come from a dry run of "
    "last month on a copy of the live system with as many rows as there are today"
)
_WORDS = _TEXT.split()


class Inputs(NamedTuple):
    """The paths of what was built."""

    plan: str
    plans: tuple[str, ...]
    large: str
    documents: str


def build(folder: str) -> Inputs:
    """Write all inputs below a folder: one plan, 1,000 plans, one of 1 MB, and 5,000 documents with 20 plans."""
    chance = random.Random(SEED)  # noqa: S311 - the same inputs on each machine
    many = tuple(os.path.join(folder, "plans", f"plan-{number:04}.md") for number in range(1000))
    for path in many:
        _write(path, plan(chance, 9))
    large = os.path.join(folder, "large.md")
    _write(large, plan(chance, 1000))
    documents = os.path.join(folder, "documents")
    for number in range(5000):
        text = plan(chance, 9) if number % 250 == 125 else document(chance)  # noqa: PLR2004 - 20 of them
        _write(os.path.join(documents, f"area-{number // 100:02}", f"page-{number:04}.md"), text)
    return Inputs(many[0], many, large, documents)


def _write(path: str, text: str) -> None:
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def plan(chance: random.Random, stages: int) -> str:
    """Write a plan without a defect; each stage takes about 1 KB with its rows in both tables."""
    name = chance.choice(_SERVICES)
    numbers = range(1, stages + 1)
    works = [_Work(number, chance.choice(_SERVICES), chance.choice(_THINGS)) for number in numbers]
    return "".join(
        (
            f"# The {name} platform\n\n{_sentence(chance)}\n\n## Migration: {name.title()} to the new platform\n\n",
            _OVERVIEW.format(name=name, reason=_sentence(chance)),
            *(_stage(chance, work) for work in works),
            "## Gap → Stage Mapping\n\n| Gap | Risk | Effort | Stage | Notes |\n|---|---|---|---|---|\n",
            *(
                f"| {work.service.title()} {work.number} has its {work.thing} on the old platform | low | 2h "
                f"| Stage {work.number} | {_sentence(chance, 6)} |\n"
                for work in works
            ),
            "\n## Verification per stage\n\n",
            "| Stage | Automated test | Manual check | Rollback test |\n|---|---|---|---|\n",
            *(
                f"| {work.number} | `check-{work.service}-{work.number}` is green | {work.thing.title()} seen on the "
                f"console | {work.thing.title()} removed and made again in staging |\n"
                for work in works
            ),
        )
    )


class _Work(NamedTuple):
    number: int
    service: str
    thing: str


def _sentence(chance: random.Random, words: int = 18) -> str:
    start = chance.randrange(len(_WORDS) - words)
    return f"{' '.join(_WORDS[start : start + words]).capitalize()}."


_OVERVIEW = """\
### From

- Infrastructure: two virtual machines for {name} in the old data centre

### To

- Infrastructure: managed services for {name} in two zones

### Motivation

The old data centre closes in December 2027. {reason}

### Timeline

- Planning: 2026-03-02 to 2026-03-13
- Execution: 2026-03-16 to 2027-04-09
- Cutover: 2027-04-10
- Cleanup: 2027-04-12 to 2027-04-23
- Total: 418 days

### Abort criteria

Stop the migration and reconsider if:

- more than 2 stages fail on their first attempt
- the error rate of {name} stays above 1 % for an hour

"""


def _stage(chance: random.Random, work: _Work) -> str:
    number, service, thing = work
    needs = f"Stage {number - 1}" if number > 1 and number % 4 else "none"
    return f"""\
### Stage {number} — Create the {thing} of {service} {number}

**What changes**: A {thing} for {service} comes up on the new platform. {_sentence(chance)}
**Layers affected**: infrastructure
**Risk**: low
**Estimated effort**: 2h
**Dependencies**: {needs}

**Changes**:

- Apply the module `{service}-{thing}` with `terraform apply -target=module.{service}_{number}`
- Create the role `{service}_app_{number}`; {_sentence(chance, 9).lower()}

**Verification**:

- `check-{service}-{number} --all` prints {number * 7} lines, each with `ok` in its last column
- The {thing} answers within {number % 50 + 10} milliseconds on all four instances

**Rollback**:

- Run `terraform destroy -target=module.{service}_{number}`
- Check that the list of `{service}` has no {thing} {number}

**Rollback tested**: yes

"""


def document(chance: random.Random) -> str:
    """Write a page of a handbook, which is no plan: headings, lists, tables and code, 1 to 6 KB."""
    service = chance.choice(_SERVICES)
    parts = [f"# How {service} works\n\n{_sentence(chance)}\n"]
    for number in range(chance.randrange(2, 9)):
        thing = chance.choice(_THINGS)
        parts.append(f"## {'Step ' + str(number + 1) + ': set up' if chance.random() < 0.2 else 'About'} the {thing}\n")  # noqa: PLR2004
        parts += [f"{_sentence(chance)} See [{thing}](../{thing}.md) for **more**.\n" for _ in range(3)]
        parts.append("".join(f"- `{service}-{thing}` number {row}: {_sentence(chance, 7)}\n" for row in range(4)))
        parts.append(f"```sh\n{service}ctl show {thing} --all\n```\n")
        parts.append(f"| Name | Value |\n|---|---|\n| {thing} | {chance.randrange(1000)} |\n| owner | {service} |\n")
    return "\n".join(parts)
