"""Texts of messages: what may stand in them, and that only a confirmed one is sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from huiyin.base.kept import forget_all
from huiyin.messages import registry
from huiyin.messages.rules import templates as rules
from huiyin.messages.rules.templates import MessageTemplateSeed
from huiyin.messages.services import templates

DAY = date(2026, 11, 24)
SEED = MessageTemplateSeed("trial", "试", "事项 {编号}：{进展}。", ("编号", "进展"), "通行做法")
VALUES = {"编号": "S1", "进展": "已派单"}


@pytest.fixture
def trial(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation with one message."""
    monkeypatch.setattr(registry, "_templates", {})
    registry.declare_template(SEED)
    forget_all()
    yield
    forget_all()


@pytest.mark.parametrize(("text", "said"), [
    ("事项 {电话}", "不认识的占位“{电话}”，可用的有 {编号}、{进展}"),
    ("事项 {}", "不认识的占位“{}”"),
    ("事项 {编号", "花括号没有成对"),
    (" ", "请填写文字"),
    ("字" * 301, "文字有 301 字，请控制在 300 字以内"),
])  # fmt: skip
def test_a_text_that_could_not_be_sent_is_refused_in_words(text: str, said: str) -> None:
    assert said in rules.problem(text, SEED.placeholders)


def test_braces_in_what_is_put_in_are_left_alone() -> None:
    assert rules.filled(SEED.text, {"编号": "{进展}", "进展": "好"}) == "事项 {进展}：好。"


def test_a_message_is_declared_once(trial: None) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        registry.declare_template(MessageTemplateSeed("trial", "试", "别的", (), ""))


def test_a_changed_text_is_sent_only_once_it_is_confirmed(trial: None) -> None:
    templates.change(key="trial", raw="{编号} 进展：{进展}", from_day=DAY)
    forget_all()
    row = templates.rows()[0]
    assert (row.value, row.confirmed) == ("{编号} 进展：{进展}", False)
    assert row.origin == "本地修改；确认之前仍发“事项 {编号}：{进展}。”"
    assert templates.text_of("trial", VALUES) == "事项 S1：已派单。"

    templates.confirm(key="trial", document="昭政办〔2026〕9号", confirmed_on=DAY, by_name="甲")

    forget_all()
    row = templates.rows()[0]
    assert (row.confirmed, row.document, row.confirmed_by_name) == (True, "昭政办〔2026〕9号", "甲")
    assert templates.text_of("trial", VALUES) == "S1 进展：已派单"


def test_a_later_change_leaves_the_confirmed_text_in_use(trial: None) -> None:
    templates.confirm(key="trial", document="昭政办〔2026〕9号", confirmed_on=DAY, by_name="甲")
    templates.change(key="trial", raw="改了 {编号}", from_day=DAY)
    forget_all()

    assert not templates.rows()[0].confirmed
    assert templates.text_of("trial", VALUES) == "事项 S1：已派单。"


def test_a_wrong_text_or_an_unknown_message_changes_nothing(trial: None) -> None:
    with pytest.raises(ValueError, match="不认识的占位"):
        templates.change(key="trial", raw="{姓名}", from_day=DAY)
    with pytest.raises(ValueError, match="没有这个消息模板"):
        templates.change(key="other", raw="文字", from_day=DAY)
    with pytest.raises(ValueError, match="请填写文号"):
        templates.confirm(key="trial", document=" ", confirmed_on=DAY, by_name="甲")

    assert templates.rows()[0].value == SEED.text
