"""Sums that an article states itself, and the text cut where its figures stand."""

from __future__ import annotations

import pytest

from huiyin.documents.rules.figures import figures_of
from huiyin.documents.rules.running_text import running
from huiyin.paperwork.rules.arithmetic import sums_of
from huiyin.paperwork.rules.article_marks import pieces


def sums(text: str) -> list[str]:
    run = running(text)
    return [s.words for s in sums_of(run, figures_of(run, text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "面对85个小区，28个市场化小区，4个老旧小区，25个自建小区，28个安置小区。",
            ["28+4+25+28=85，与总数相符"],
        ),
        (
            "面对85个小区，28个市场化小区，4个老旧小区，25个自建小区，29个安置小区。",
            ["28+4+25+29=86，总数写的是 85"],
        ),
        (
            "采取“2+3”模式，对15名对象点出30个方面成绩、46个方面81个问题",
            ["15×2=30，与文中相符", "15×3=45，文中为 46"],
        ),
        ("新增30处，其中雨棚12处、充电棚18处。", ["12+18=30，与总数相符"]),
        ("新增30处，其中雨棚12处、充电棚19处。", ["12+19=31，总数写的是 30"]),
        # parts that need not be all of it
        ("新增30处，其中雨棚12处、充电棚7处。", []),
        ("新增30处，其中雨棚12处。", []),
        ("新增30处，惠及居民12户、商铺19家。", []),
        ("新增300余处，其中雨棚120处、充电棚190处。", []),
    ],
)
def test_a_sum_is_checked_where_the_words_leave_no_doubt(text: str, words: list[str]) -> None:
    assert sums(text) == words


def test_figures_at_one_spot_share_a_piece() -> None:
    found = pieces("用2+3模式，15名", [(1, 4, 1), (1, 4, 2), (7, 10, 3)])

    assert [(p.text, p.figures) for p in found] == [
        ("用", ()), ("2+3", (1, 2)), ("模式，", ()), ("15名", (3,)),
    ]  # fmt: skip


def test_a_text_without_figures_is_one_piece() -> None:
    assert [p.text for p in pieces("没有数", [])] == ["没有数"]
