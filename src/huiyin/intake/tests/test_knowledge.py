"""Which answers fit what somebody says; the starters say what the law says."""

from __future__ import annotations

from huiyin.intake.rules import knowledge
from huiyin.intake.rules.knowledge import Entry
from huiyin.intake.rules.starter_answers import STARTERS

ENTRIES = [Entry(n, s.question, s.keywords) for n, s in enumerate(STARTERS)]


def codes(text: str) -> list[str]:
    return [STARTERS[m.id].code for m in knowledge.find(text, ENTRIES)]


def test_a_keyword_in_the_text_finds_the_answer_and_says_which() -> None:
    found = knowledge.find("想问换电梯用维修资金要多少人同意", ENTRIES)

    assert STARTERS[found[0].id].code == "fund"
    assert found[0].because == ("维修资金",)


def test_the_question_itself_is_found_without_keywords() -> None:
    entries = [Entry(1, "小区快递柜收费合理吗？")]

    assert [m.id for m in knowledge.find("我们小区快递柜收费合理吗", entries)] == [1]


def test_what_nobody_has_answered_finds_nothing() -> None:
    assert codes("小孩上学怎么报名") == []
    assert codes("路灯不亮") == []
    assert codes("") == []


def test_callers_words_find_the_starters() -> None:
    assert codes("楼道里电动车停满了还拉线充电")[0] == "charging"
    assert codes("请问业委会到期了换届找哪个部门")[0] == "committee"
    assert codes("建议把闲置绿地改成车位")[0] == "parking"
    assert codes("楼上扔东西下来砸到车")[0] == "falling"
    assert codes("老板三个月没发工资")[0] == "wages"


def test_using_the_fund_takes_half_and_raising_it_three_quarters() -> None:
    """民法典第二百七十八条: 使用 is item 5 (half of those who vote), 筹集 item 6 (three quarters)."""
    fund = next(s for s in STARTERS if s.code == "fund")

    assert "使用维修资金，参加表决的业主面积过半、人数过半同意" in fund.answer
    assert "续筹（再交一笔）维修资金才要参加表决的面积和人数都达到四分之三" in fund.answer


def test_every_starter_names_its_basis_and_can_be_read_in_a_minute() -> None:
    assert all(s.basis for s in STARTERS)
    assert max(len(s.answer) for s in STARTERS) <= 150
    assert len({s.code for s in STARTERS}) == len(STARTERS) == 13
