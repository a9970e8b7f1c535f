"""Every number on the board opens onto the rows that it counts; lists find and send in bulk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.cast import at
from tests.journeys.town import Town
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey


def test_each_number_of_the_board_opens_onto_its_rows(town: Town) -> None:
    for status in ("registered", "in_progress", "awaiting_callback", "closed"):
        town.cast.case_at(status)
    town.clock.set("2026-10-15 09:00")
    leader = town.staff(town.cast.leader)
    leader.go("/work/board/?period=2026-09")
    leader.sees("不排名", "市住建局")
    leader.looks_right()

    figures = _figures(leader)
    assert not {"办结率", "按时办结率", "结案率"} & {label for label, _ in figures}
    assert [label for label, _ in figures][:4] == ["诉求受理", "响应率", "解决率", "满意率"]
    assert dict(figures)["诉求受理"].startswith("4 ")
    for label, shown in figures:
        leader.go("/work/board/?period=2026-09")
        leader.follow(label)
        expect(leader.main.get_by_role("heading", level=1, name=label)).to_be_visible()
        leader.sees(shown, "口径", "依据")
        rows = leader.main.get_by_role("region", name="明细").get_by_role("row")
        counted = re.search(r"明细 共 (\d+)", leader.main.inner_text())
        assert counted and rows.count() == max(0, int(counted[1]) + 1 if int(counted[1]) else 0)
    leader.looks_right()


def test_a_row_behind_a_number_is_a_case(town: Town) -> None:
    case = town.cast.case_at("closed")
    town.clock.set("2026-10-15 09:00")
    leader = town.staff(town.cast.leader)
    leader.go("/work/board/?period=2026-09")
    leader.follow("诉求受理")

    leader.follow(case.number)

    leader.sees(case.number, "办结")
    leader.looks_right()


def test_a_rate_of_too_few_cases_is_not_shown_for_a_unit(town: Town) -> None:
    town.cast.case_at("closed")
    leader = town.staff(town.cast.leader)

    leader.go("/work/board/?period=2026-09")

    row = leader.main.get_by_role("row").filter(has_text="市住建局")
    expect(row).to_contain_text("样本不足（1）")


def _figures(leader: Visitor) -> list[tuple[str, str]]:
    """Label and value of each figure on top of the board."""
    terms = leader.main.get_by_role("term").all_inner_texts()
    values = leader.main.locator("dl.hy-strip > div > dd:first-of-type").all_inner_texts()
    return list(zip(terms, (v.strip() for v in values), strict=True))


def test_a_list_finds_two_character_words_and_sends_in_bulk(town: Town) -> None:
    leaks = [
        town.cast.report(f"{n}栋楼道漏水，墙皮掉了", at=at(f"2026-09-30 09:0{n}")) for n in (1, 2)
    ]
    lamp = town.cast.report("路灯不亮，天黑看不见")
    for case in (*leaks, lamp):
        town.cast.act(case, "admit", town.cast.desk, at("2026-09-30 09:10"))
    town.clock.later(minutes=30)
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.go("/work/cases/")
    dispatcher.looks_right()
    dispatcher.sees(lamp.number)
    search = dispatcher.page.get_by_role("searchbox").first
    search.fill("漏水")
    search.press("Enter")
    dispatcher.sees(*(c.number for c in leaks))
    dispatcher.sees_not(lamp.number)

    for case in leaks:
        row = dispatcher.main.get_by_role("row").filter(has_text=case.number)
        row.get_by_role("checkbox").check()
    dispatcher.sees("已选 2 件")
    dispatcher.press("批量派单")
    dispatcher.looks_right()
    dispatcher.fill("主办单位", "市住建局")
    dispatcher.press("批量派单")

    dispatcher.sees("批量派单结果", *(c.number for c in leaks), "待签收")
    dispatcher.looks_right()
    for case in leaks:
        case.refresh_from_db()
    assert [c.status for c in leaks] == ["awaiting_acceptance"] * 2
