"""Triage learns from dispatches that people made, and only from those."""

from __future__ import annotations

from huiyin.cases.selectors import confirmed
from huiyin.intake.services import learning
from huiyin.triage import selectors as triage
from tests.cast import DAY, Cast

LEAKS = "三栋水管漏水流到楼道里第{n}处"
NOISE = "楼下烧烤店半夜音响太吵睡不着第{n}次"


def test_a_dispatch_that_was_not_given_back_is_counted(cast: Cast) -> None:
    cast.case_at("in_progress", category="w1")
    cast.case_at("awaiting_dispatch", category="w1")

    assert confirmed.learned_dispatches() == {"w1": {"housing": 1}}


def test_the_model_is_trained_on_confirmed_texts(cast: Cast) -> None:
    for n in range(12):
        cast.case_at("awaiting_acceptance", text=LEAKS.format(n=n), category="w1")
        cast.case_at("awaiting_acceptance", text=NOISE.format(n=n), category="n1")
    cast.report("还没派的不学", category="x1")

    learned = learning.learn(at=DAY)

    assert learned == 24
    model = triage.trained_model()
    assert model is not None
    assert model.suggest("五栋水管漏水").category == "w1"


def test_too_few_examples_leave_the_keywords_speaking(cast: Cast) -> None:
    cast.case_at("in_progress", category="w1")

    assert learning.learn(at=DAY) == 0
    assert triage.trained_model() is None
