"""Local defaults: what may be typed, how it reads, and that a change waits for its document."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms

from huiyin.base.forms import PlainForm
from huiyin.base.kept import forget_all
from huiyin.base.models import LocalDefault
from huiyin.base.rules import local_defaults as rules
from huiyin.base.selectors import workday_calendar
from huiyin.base.services import defaults, seeding

SEEDS = {seed.code: seed for seed in rules.BASE_DEFAULTS}


@pytest.mark.parametrize(("code", "typed", "value", "words"), [
    ("callback.sample_percent", "20", 20, "20 %"),
    ("callback.mode", "random", "random", "随机抽样"),
    ("calendar.sessions", "8:30-12:00，14:00-18:00", [["08:30", "12:00"], ["14:00", "18:00"]],
     "08:30—12:00，14:00—18:00"),
])  # fmt: skip
def test_a_typed_value_is_read_by_its_kind(
    code: str, typed: str, value: rules.Value, words: str
) -> None:
    assert rules.parse(SEEDS[code], typed) == value
    assert rules.words_of(SEEDS[code], value) == words
    assert rules.parse(SEEDS[code], rules.raw_of(value)) == value


@pytest.mark.parametrize(("code", "typed", "said"), [
    ("callback.sample_percent", "101", "1 至 100 的整数"),
    ("callback.sample_percent", "三成", "1 至 100 的整数"),
    ("accounts.failures", "2", "3 至 10 的整数"),
    ("callback.mode", "none", "全量、随机抽样"),
    ("calendar.sessions", "12:00-09:00", "先后不要颠倒"),
    ("calendar.sessions", "09:00-12:00, 11:00-17:00", "先后不要颠倒"),
    ("calendar.sessions", "25:00-26:00", "先后不要颠倒"),
])  # fmt: skip
def test_a_value_that_cannot_be_is_refused_in_chinese(code: str, typed: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        rules.parse(SEEDS[code], typed)


def test_a_confirmed_default_names_its_document_and_a_change_waits_again(db: None) -> None:
    seeding.seed_local_defaults()
    provider = defaults.defaults_provider("local")

    provider.confirm(key="callback.attempts", document="昭政办发〔2026〕9号",
                     confirmed_on=date(2026, 11, 24), by_name="甲")  # fmt: skip
    confirmed = next(r for r in provider.rows() if r.key == "callback.attempts")
    assert (confirmed.confirmed, confirmed.document) == (True, "昭政办发〔2026〕9号")

    assert provider.change is not None
    provider.change(key="callback.attempts", raw="5", from_day=date(2026, 11, 25))
    changed = next(r for r in provider.rows() if r.key == "callback.attempts")
    assert (changed.value, changed.confirmed, changed.document) == ("5 次", False, "")


def test_a_default_is_not_confirmed_without_a_document(db: None) -> None:
    seeding.seed_local_defaults()

    with pytest.raises(ValueError, match="请填写文号"):
        defaults.defaults_provider("local").confirm(
            key="callback.attempts", document=" ", confirmed_on=date(2026, 11, 24), by_name="甲"
        )


def test_every_declared_default_stands_on_the_page_by_group(db: None) -> None:
    seeding.seed_local_defaults()
    LocalDefault.objects.create(
        code="installation.demonstration", label="演示", value=True, origin=""
    )

    rows = defaults.defaults_provider("local").rows()

    assert {r.key for r in rows} == {seed.code for seed in defaults.local_default_seeds()}
    groups = [r.group for r in rows]
    assert groups == sorted(groups, key=list(dict.fromkeys(groups)).index)


def test_office_hours_of_the_page_are_those_of_the_calendar(db: None) -> None:
    seeding.seed_calendar(day=date(2026, 11, 24))
    seeding.seed_local_defaults()
    assert str(workday_calendar().sessions[0][0]) == "09:00:00"

    LocalDefault.objects.filter(code="calendar.sessions").update(value=[["08:30", "12:00"]])
    forget_all()

    assert [(str(b), str(e)) for b, e in workday_calendar().sessions] == [("08:30:00", "12:00:00")]


def test_a_default_is_declared_once(db: None) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        defaults.declare_local_defaults(
            rules.LocalDefaultSeed("callback.attempts", "别的", 1, "", "别处")
        )


def test_a_field_that_a_form_adds_later_says_what_to_do_too() -> None:
    class Late(PlainForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["amount"] = forms.CharField(label="时长")

    assert Late({}).errors["amount"] == ["请填写“时长”"]
