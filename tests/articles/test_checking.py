"""The check of an article's figures against articles of known truth (issue 4, “It shows this” 3)."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from huiyin.org.models import Area
from huiyin.paperwork.services import checking
from tests.articles import check_truth, city, scoring

HERE = Path(__file__).parent
SET_ASIDE = frozenset((HERE / "set_aside.txt").read_text(encoding="utf-8").split())


@pytest.fixture
def plan_city(db: None) -> None:
    city.build()


def check(truth: dict[str, Any]) -> scoring.Score:
    place = Area.objects.get(code=truth["place"], valid_to__isnull=True)
    report = checking.check_text(
        check_truth.article(truth["file"]), place=place,
        as_of=date.fromisoformat(truth["as_of"]), posts=None, remembered={},
    )  # fmt: skip
    return scoring.score(truth, report)


def test_articles_are_checked_as_well_as_asked(plan_city: None) -> None:
    """At least 97 % of figures found, at most 3 % false, at least 90 % linked right, every wrong
    number flagged, at most 2 % of right ones flagged."""
    assert city.disagreements() == []
    asked = os.environ.get("HUIYIN_ARTICLES", "")
    truths = [t for t in check_truth.truths() if (t["file"] in SET_ASIDE) == (asked == "set_aside")]

    scores = [check(truth) for truth in truths]

    total = scoring.Score("total")
    for one in scores:
        print(one.line)
        print("\n".join(f"    {note}" for note in one.notes))
        for name in ("figures", "found", "false", "linked", "wrong", "wrong_flagged", "right", "right_flagged"):
            setattr(total, name, getattr(total, name) + getattr(one, name))
    print(total.line)
    assert total.found >= 0.97 * total.figures
    assert total.false <= 0.03 * total.figures
    assert total.linked >= 0.90 * total.figures
    assert total.wrong_flagged == total.wrong
    assert total.right_flagged <= 0.02 * total.right
