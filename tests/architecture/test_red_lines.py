"""Red lines of the design that the structure itself can keep or break."""

from __future__ import annotations

import ast
import re

from django.apps import apps
from django.db import models

from huiyin.base.models import Link
from huiyin.base.rules.append_only import APPEND_ONLY_TABLES
from huiyin.cases import registry
from huiyin.cases.models import Assignment, Case, CaseDuty
from huiyin.cases.rules import transitions as t
from huiyin.cases.rules import words as w
from huiyin.org.rules import kinds
from tests.architecture import sources
from tests.architecture.sources import Findings

#: No check-in, no points or rankings of people, no online time, no likes as evaluation.
WORDS = re.compile(r"打卡|签到|积分|在线时长|点赞|排行榜|红旗单位")
FIELDS = re.compile(
    r"^(points?|score_of_person|rank(ing)?|check_?in(_at)?|online_(time|seconds|at)|likes?"
    r"|leaderboard|opened_count|scans?|scan_count|clicks?|last_seen(_at)?)$"
)
#: Transitions that may require a file, and why. A photo is never required.
#: Column headings of other people's files, understood in order to leave them alone.
HEARD = ("documents/rules/report_columns.py",)
FILES_REQUIRED = {"ask_exclusion": "剔除须有依据附件，不是照片"}


def _models() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("huiyin.")]


def _spoken(module: sources.Module) -> list[ast.Constant]:
    """Texts of a module that are not docstrings."""
    said = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                said.add(first.value)
    return [
        n
        for n in ast.walk(module.tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and n not in said
    ]


def test_no_table_counts_points_presence_or_likes_of_people() -> None:
    wrong = [
        f"{m.__name__}.{f.name}" for m in _models() for f in m._meta.get_fields()
        if FIELDS.match(f.name)
    ]  # fmt: skip

    assert not wrong, "\n".join(wrong)


def test_no_screen_speaks_of_check_ins_points_or_likes() -> None:
    """Help texts may say that these things do not exist: 不打卡, 没有积分, 不排名."""
    wrong: Findings = []
    denied = re.compile(r"(不|没有|无|禁止|不得|不需要|不用)[^。；，]{0,8}$")
    for template in sources.templates():
        for found in WORDS.finditer(template.text):
            if not denied.search(template.text[: found.start()][-12:]):
                wrong.append(f"{template.at(found.start())} {found.group(0)}")
    for module in sources.modules():
        for node in () if module.path.as_posix().endswith(HEARD) else _spoken(module):
            for found in WORDS.finditer(node.value):
                if not denied.search(node.value[: found.start()][-12:]):
                    wrong.append(f"{module.at(node)} {found.group(0)}")

    assert not wrong, "\n".join(wrong)


def test_no_photo_and_no_position_is_ever_required() -> None:
    required = {
        row.action
        for case_type in registry.all_types()
        for row in case_type.transitions
        for ask in row.asks
        if ask.required and ask.type == "files"
    }

    assert required == set(FILES_REQUIRED)
    assert Case._meta.get_field("latitude").null
    assert Case._meta.get_field("longitude").null


def test_opening_a_qr_code_leaves_no_trace() -> None:
    assert {f.name for f in Link._meta.get_fields()} == {
        "token", "kind", "target_id", "label", "made_at", "withdrawn_at",
    }  # fmt: skip


def test_a_community_never_leads_in_the_database() -> None:
    names = {c.name for c in Assignment._meta.constraints}

    assert "a_community_never_leads" in names
    assert kinds.UNIT_COMMUNITY in kinds.NEVER_LEAD


def test_whom_a_case_is_about_never_leads_it_in_the_database() -> None:
    assert "whom_a_case_is_about_never_leads_it" in {c.name for c in Case._meta.constraints}


def test_finder_handler_and_checker_are_three_people_in_the_database() -> None:
    assert "finder_handler_and_checker_are_distinct" in {c.name for c in CaseDuty._meta.constraints}


def test_ledgers_are_append_only() -> None:
    assert {"cases_event", "base_audit_row"} <= set(APPEND_ONLY_TABLES)


def test_return_extension_suspension_exclusion_and_termination_are_five_things() -> None:
    five = ("return", "extension", "suspend", "exclude", "terminate")

    assert set(five) < set(w.REQUESTS)
    assert len({w.REQUESTS[kind] for kind in five}) == len(five)


def test_exclusion_leaves_scoring_only() -> None:
    """剔除: the case goes on where it is, no clock stops, and the reporter still gets an answer."""
    for case_type in registry.all_types():
        row = case_type.actions.get("second_exclusion")
        if row is not None:
            assert (row.target, row.cancels, row.clock, row.meets) == (None, (), "", ())


def test_the_clock_runs_from_dispatch_not_from_acceptance() -> None:
    starts = {
        row.action
        for case_type in registry.all_types()
        for row in case_type.transitions
        if "handle" in row.starts
    }

    assert "accept" not in starts
    assert starts == {"dispatch", "redispatch", "grant_return", "rework"}


def test_every_request_is_decided_by_somebody_else() -> None:
    """Two events, two people: the table asks the guard wherever something is granted or refused."""
    wrong = [
        f"{case_type.code}.{row.action}"
        for case_type in registry.all_types()
        for row in case_type.transitions
        if row.action.startswith(("grant_", "refuse_", "first_", "second_"))
        and row.action != "refuse_relapse"  # asked by the reporter, who is nobody's colleague
        and "asker_is_not_decider" not in row.guards
    ]

    assert not wrong, "\n".join(wrong)


def test_closing_rate_is_none_of_the_rates() -> None:
    assert "close_rate" not in _indicator_codes()
    assert "closing_rate" not in _indicator_codes()


def _indicator_codes() -> set[str]:
    try:
        from huiyin.indicators import registry as indicators
    except ImportError:
        return set()
    every = getattr(indicators, "all_indicators", None)
    return {i.code for i in every()} if every else set()


def test_nothing_is_sent_before_commit() -> None:
    """Outward words are rows of the outbox: no service opens a connection of its own."""
    wrong: Findings = []
    network = {"requests", "httpx", "urllib.request", "smtplib", "apprise", "socket"}
    for module in sources.modules():
        if module.app == "messages" or module.layer not in ("services", "rules", "selectors"):
            continue
        for node in ast.walk(module.tree):
            named = []
            if isinstance(node, ast.Import):
                named = [a.name for a in node.names]
            elif isinstance(node, ast.ImportFrom):
                named = [node.module or ""]
            wrong += [f"{module.at(node)} {n}" for n in named if n in network]

    assert not wrong, "\n".join(wrong)


def test_the_table_asks_reporters_for_no_account() -> None:
    """What belongs to the reporter asks for no grant: number and phone tail are enough."""
    for case_type in registry.all_types():
        for row in case_type.transitions:
            if row.party in (t.REPORTER, t.SYSTEM):
                assert row.grant == "", row.action
