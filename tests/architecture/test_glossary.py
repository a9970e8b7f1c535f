"""Every word of the screen that the engine coins stands in docs/glossary.md."""

from __future__ import annotations

import re

from django.apps import apps

from huiyin.cases import registry
from huiyin.cases.rules import words as w
from huiyin.org.rules import grants, kinds
from tests.architecture.sources import ROOT


def _glossary() -> dict[str, str]:
    """Chinese term → the rest of its row. A first cell may name several: 办理/处置."""
    rows: dict[str, str] = {}
    for line in (ROOT / "docs" / "glossary.md").read_text().splitlines():
        cells = [c.strip() for c in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) >= 2 and cells[0] != "中文":
            for term in re.split(r"[/、]", cells[0]):
                rows[term.strip()] = cells[1]
    return rows


def _missing(terms: dict[str, str]) -> list[str]:
    """Terms (where from → Chinese) that the glossary lacks. 复查：稳固 is looked up as written."""
    known = _glossary()
    return sorted(f"{term}（{source}）" for source, term in terms.items() if term not in known)


def _expect(terms: dict[str, str]) -> None:
    missing = _missing(terms)
    assert not missing, "add to docs/glossary.md:\n" + "\n".join(missing)


def test_every_status_is_in_the_glossary() -> None:
    _expect({f"status {k}": v for k, v in w.STATUSES.items()})


def test_every_action_is_in_the_glossary() -> None:
    actions = {
        f"action {row.action}": row.label
        for case_type in registry.all_types()
        for row in case_type.transitions
    }

    _expect(actions)


def test_every_model_is_in_the_glossary() -> None:
    named = {
        f"model {m.__name__}": str(m._meta.verbose_name)
        for m in apps.get_models()
        if m.__module__.startswith("huiyin.")
    }

    _expect(named)


def test_every_role_kind_clock_and_request_is_in_the_glossary() -> None:
    tables = {
        "role": kinds.ROLE_LABELS, "area": kinds.AREA_LABELS, "unit": kinds.UNIT_LABELS,
        "duty": w.DUTIES, "request": w.REQUESTS, "kind": w.KINDS, "sign-off": w.SIGN_OFF_CODES,
    }  # fmt: skip
    terms = {
        f"{table} {key}": label.split("（")[0]
        for table, labels in tables.items()
        for key, label in labels.items()
    }

    _expect(terms)


def test_no_term_has_two_rows() -> None:
    lines = (ROOT / "docs" / "glossary.md").read_text().splitlines()
    first = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]

    assert sorted(t for t in set(first) if first.count(t) > 1 and t != "中文") == []


def test_every_grant_has_words_and_every_word_a_grant() -> None:
    granted = set().union(*(role.grants for role in grants.ROLES.values()))

    assert granted == set(grants.GRANT_LABELS)
    assert set(grants.ROLES) == set(kinds.ROLE_LABELS)
