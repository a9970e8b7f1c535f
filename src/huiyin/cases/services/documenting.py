"""docs/generated/transitions.md and deadlines.md from the tables that the engine runs on."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable

from huiyin.base.rules.local_defaults import CONTACT_HOURS
from huiyin.cases import registry
from huiyin.cases.rules import transitions as t
from huiyin.cases.rules import words as w
from huiyin.cases.rules.case_type import CaseType
from huiyin.cases.rules.deadlines import DEFAULTS, Limit
from huiyin.cases.rules.guards import GUARDS, Guard
from huiyin.cases.services import performing
from huiyin.org.rules.grants import GRANT_LABELS, ROLES
from huiyin.org.rules.kinds import ROLE_LABELS

_CLOCKS = {"pause": "停表", "resume": "续表", "change": "换时限", "extend": "展期"}


def transitions_markdown() -> str:
    """The whole page: for each case type a diagram, the table of its actions, and its effects."""
    lines = [
        "# 流转 Transitions",
        "",
        "Generated from `src/huiyin/cases/rules/transitions/` and the case types by `huiyin docs`;"
        " do not edit.",
        "",
        "An action is a verb and a button, its event the past; *to* empty = the status stays. *who*:"
        " a post with the grant in whose scope the case lies, and where it says so only the lead,"
        " a support unit, the reporter (by number and phone tail) or the system. Guards are"
        " explained at the end.",
        "",
    ]
    for case_type in registry.all_types():
        lines += [*_type(case_type), ""]
    lines += _guards()
    return "\n".join(lines) + "\n"


def deadlines_markdown() -> str:
    """The whole page: what starts and ends each clock, and the limits that a new city is seeded with."""
    lines = [
        "# 时限 Deadlines",
        "",
        "Generated from `src/huiyin/cases/rules/deadlines.py` and the transitions by `huiyin docs`;"
        " do not edit.",
        "",
        "Limits are rows (`cases.DeadlineRule`): urgency weighs before kind, category and channel,"
        " then the newest row in force. Each default is shown as 待本地确认 with its origin until"
        " somebody confirms it with 文号 and date.",
        "",
        "A reply that the reviewer sends back (退回重办) runs on with the due time that it had. A rework"
        " after a callback (发回重办) has a limit of its own, counted from then. On time is what every"
        " reply of the unit was; another unit (改派) is judged by its own clock.",
        "",
        "## What runs when",
        "",
        "| clock | code | starts with | met by | ends without answer with |",
        "|---|---|---|---|---|",
    ]
    rows = [row for case_type in registry.all_types() for row in case_type.transitions]
    for what, label in w.DEADLINES.items():
        starts = _labels(r for r in rows if what in r.starts)
        if goes_on := _labels(r for r in rows if what in r.continues):
            starts += f"；{goes_on}（原时限不变）"
        if what == "admit":
            starts = "登记" + (f"、{starts}" if starts else "")
        meets = _labels(r for r in rows if what in _met(r))
        cancels = _labels(r for r in rows if what in r.cancels and not _ends_all(r))
        lines.append(f"| {label} | `{what}` | {starts} | {meets} | {cancels} |")
    everything = _labels(r for r in rows if _ends_all(r))
    lines += [
        "",
        f"All of them end with: {everything}.",
        "",
        "## Limits of a new installation",
        "",
        "| type | clock | for | limit | origin |",
        "|---|---|---|---|---|",
        *(_limit(limit) for limit in DEFAULTS),
    ]
    return "\n".join(lines) + "\n"


def _type(case_type: CaseType) -> list[str]:
    lines = [
        f"## {case_type.label} `{case_type.code}`",
        "",
        f"Numbers begin with {case_type.prefix}; realm {case_type.realm}; "
        f"{'in' if case_type.in_rates else 'outside'} the three rates; duties that bind the unit"
        f" too: {'、'.join(w.DUTIES[d] for d in w.DUTIES if d in case_type.unit_duties) or 'none'}.",
        "",
        *_diagram(case_type),
        "",
        "| button | action → event | from | to | who | asks (* required) | guards | duty | clocks |"
        " effects in order |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    return lines + [_row(case_type, row) for row in case_type.transitions]


def _diagram(case_type: CaseType) -> list[str]:
    """A state diagram: arrows between the same two statuses are one, with all their buttons."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for row in case_type.transitions:
        targets = [row.target] if row.target else []
        if row.target == t.PRIOR:
            targets = [w.AWAITING_ACCEPTANCE, w.IN_PROGRESS]
        for source in row.sources:
            for target in targets:
                arrows.setdefault((source, target), []).append(row.label)
    used = [s for s in w.STATUSES if any(s in arrow for arrow in arrows) or s == case_type.start]
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{w.STATUSES[status]}" as {status}' for status in used]
    lines.append(f"    [*] --> {case_type.start}")
    lines += [
        f"    {source} --> {target} : {'、'.join(labels)}"
        for (source, target), labels in arrows.items()
    ]
    lines += [f"    {s} --> [*]" for s in used if s in w.ENDED]
    return [*lines, "```"]


def _row(case_type: CaseType, row: t.Transition) -> str:
    target = "↩ 原状态" if row.target == t.PRIOR else w.STATUSES.get(row.target or "", "")
    effects = "<br>".join(
        f"`{f.__module__}.{f.__qualname__}`" for f in case_type.effects.get(row.action, ())
    )
    cells = [
        row.label,
        f"`{row.action}` → `{row.event}`",
        _sources(row.sources),
        target,
        _who(row),
        "、".join(f"{_filled(a.label)}{'*' if a.required else ''}" for a in row.asks),
        " ".join(f"`{g}`" for g in row.guards),
        w.DUTIES.get(row.duty or "", ""),
        _clocks(row),
        effects,
    ]
    return "| " + " | ".join(cells) + " |"


def _sources(sources: tuple[str, ...]) -> str:
    unfinished = tuple(s for s in w.STATUSES if s not in w.ENDED)
    if set(sources) == set(unfinished):
        return "任何未结束的状态"
    return "、".join(w.STATUSES[s] for s in sources)


def _who(row: t.Transition) -> str:
    if not row.grant:
        return t.PARTY_LABELS[row.party]
    roles = "、".join(ROLE_LABELS[code] for code, role in ROLES.items() if row.grant in role.grants)
    party = "" if row.party == t.ANYBODY else f"{t.PARTY_LABELS[row.party]}的"
    return f"{party}{roles}（{GRANT_LABELS[row.grant]} `{row.grant}`）"


def _ends_all(row: t.Transition) -> bool:
    return set(row.cancels) == set(w.DEADLINES)


def _met(row: t.Transition) -> tuple[str, ...]:
    """`contact_if_reply` = a reply is the first contact where none was recorded before."""
    return tuple("contact" if what == "contact_if_reply" else what for what in row.meets)


def _clocks(row: t.Transition) -> str:
    said = []
    if row.meets:
        said.append("完成" + "、".join(w.DEADLINES[x] for x in _met(row)))
    if row.cancels:
        said.append(
            "取消" + ("全部" if _ends_all(row) else "、".join(w.DEADLINES[x] for x in row.cancels))
        )
    if row.starts:
        said.append("起" + "、".join(w.DEADLINES[x] for x in row.starts))
    if row.continues:
        said.append("续" + "、".join(w.DEADLINES[x] for x in row.continues))
    if row.clock:
        said.append(_CLOCKS[row.clock])
    return "；".join(said)


def _guards() -> list[str]:
    lines = [
        "## Guards",
        "",
        "Each sees only values and answers a sentence for the screen, or nothing. *typed* = looks"
        " at what was typed, so the button is shown and the sentence comes with the form.",
        "",
        "| guard | typed | it says | why |",
        "|---|---|---|---|",
    ]
    used = {
        g for case_type in registry.all_types() for row in case_type.transitions for g in row.guards
    }
    for name in sorted(used):
        why = " ".join((GUARDS[name].__doc__ or "").split())
        typed = "●" if name in performing.INPUT_GUARDS else ""
        said = " / ".join(_sentences(GUARDS[name]))
        lines.append(f"| `{name}` | {typed} | {said} | {why} |")
    return lines


def _sentences(guard: Guard) -> list[str]:
    """What a guard may answer, read off its source; … stands for what it fills in."""
    found: list[str] = []
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(guard)))):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        text = "".join(
            str(p.value) if isinstance(p, ast.Constant) and isinstance(p.value, str) else "…"
            for p in parts
        )
        if text == guard.__doc__:
            continue
        if re.search(r"[一-鿿]{3}", text) and not any(text in longer for longer in found):
            found.append(text)
    return found


def _filled(label: str) -> str:
    """A label with the local default that it names, as it is until a city sets its own."""
    return label.replace("{contact_hours}", str(CONTACT_HOURS.value))


def _labels(rows: Iterable[t.Transition]) -> str:
    return "、".join(dict.fromkeys(row.label for row in rows))


def _limit(limit: Limit) -> str:
    tables = (w.URGENCIES, w.KINDS, w.CHANNELS)
    keys = (limit.urgency, limit.kind, limit.channel)
    said = [table[key] for table, key in zip(tables, keys, strict=True) if key]
    if limit.category:
        said.append(f"类别 {limit.category}")
    return (
        f"| {limit.case_type} | {w.DEADLINES[limit.what]} | {'、'.join(said) or '其余'} "
        f"| {limit.amount} {w.TIME_UNITS[limit.unit]} | {limit.basis} |"
    )
