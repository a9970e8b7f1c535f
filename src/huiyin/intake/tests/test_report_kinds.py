"""咨询 求助 建议 投诉 举报 from the words of a file."""

from __future__ import annotations

import pytest

from huiyin.cases.rules import words
from huiyin.intake.rules.report_kinds import guess, kind_of


@pytest.mark.parametrize(("said", "kind"), [
    ("咨询类", "enquiry"), ("求助", "help"), ("意见建议", "suggestion"), ("投诉", "complaint"),
    ("投诉举报", "accusation"), ("表扬", "suggestion"),
])  # fmt: skip
def test_the_column_decides_before_the_words(said: str, kind: str) -> None:
    assert kind_of(said=said, title="请问怎么办社保？") == kind


@pytest.mark.parametrize(("title", "kind"), [
    ("咨询人才购房补贴的问题", "enquiry"),
    ("道路绿化何时完工？", "enquiry"),
    ("小区乱停车难道没人管吗？", "complaint"),
    ("投诉物业乱收费", "complaint"),
    ("夜间施工噪音扰民", "complaint"),
    ("举报油烟扰民", "accusation"),
    ("建议在路口安装信号灯", "suggestion"),
    ("路口太堵，建议调整信号灯", "suggestion"),
    ("三栋水管漏水", "help"),
])  # fmt: skip
def test_the_title_says_what_is_wanted(title: str, kind: str) -> None:
    assert kind_of(title=title) == kind


@pytest.mark.parametrize(("text", "kind"), [
    ("举报违规装修砸承重墙", "accusation"),
    ("路灯什么时候修好？", "enquiry"),
    ("我要举报某饭店占道经营。", "accusation"),
    ("领导好，我想咨询一下医保报销比例。", "enquiry"),
    ("我投诉无门，水管一直漏。", "help"),
    ("上次投诉没人处理，请派人看看。", "complaint"),
    ("物业经理态度差", "complaint"),
    ("物业乱收停车费", "complaint"),
    ("保安还骂人", "complaint"),
    ("楼上私自拆承重墙", "complaint"),
    ("KTV 半夜吵", "complaint"),
    ("我家水管爆了，麻烦来修", "help"),
])  # fmt: skip
def test_a_text_counts_by_what_it_says_of_itself(text: str, kind: str) -> None:
    assert kind_of(text=text) == kind


@pytest.mark.parametrize(("text", "sure"), [
    ("楼道灯坏了", True),
    ("物业乱收停车费", True),
    ("我妈的医保卡丢了", False),
    ("小区门口那家店", False),
])  # fmt: skip
def test_a_kind_that_no_word_says_is_a_guess(text: str, sure: bool) -> None:
    assert guess(text=text).sure is sure


def test_a_long_letter_counts_by_its_first_sentence() -> None:
    letter = "关于三栋供水的情况。" + "我们小区的物业公司这几年换了三家，" * 20 + "有人乱收费。"

    assert guess(text=letter) == guess()


def test_a_cell_that_says_nothing_leaves_it_to_the_words() -> None:
    assert kind_of(said="其他", title="投诉物业乱收费") == "complaint"
    assert kind_of() == "help"


def test_every_kind_is_one_of_the_engine() -> None:
    assert {kind_of(said=s) for s in words.KINDS.values()} == set(words.KINDS)
