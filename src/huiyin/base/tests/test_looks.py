"""Icons, tones, terms: the tables fit the files."""

from __future__ import annotations

import re
from pathlib import Path

from huiyin.base.rules import terms
from huiyin.base.rules.looks import ICONS, TONES

STATIC = Path(__file__).parents[1] / "static" / "base"


def test_every_icon_is_drawn_in_the_sprite_and_none_is_left_over() -> None:
    drawn = re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text())

    assert sorted(drawn) == sorted(ICONS)


def test_every_tone_brings_an_icon_and_a_class() -> None:
    css = (STATIC / "huiyin.css").read_text()

    assert set(TONES.values()) <= set(ICONS)
    assert [t for t in TONES if t != "info" and f".hy-status--{t}" not in css] == []


def test_staff_browsers_of_2020_understand_the_style_sheet() -> None:
    css = re.sub(r"/\*.*?\*/", "", (STATIC / "huiyin.css").read_text(), flags=re.S)

    newer = [":has(", ":is(", ":where(", "aspect-ratio", "color-mix", "@container", "@layer"]
    assert [word for word in newer if word in css] == []
    assert not re.search(r"[{;]\s*inset\s*:", css)


def test_five_detours_stand_together() -> None:
    groups = dict(terms.by_group(contact_hours=24))

    assert [t.word for _, t in groups["五件不同的事"]] == ["退单", "延期", "挂账", "剔除", "终止"]


def test_residents_read_no_term_of_office() -> None:
    office = ("销号", "退单", "挂账", "剔除", "签收", "派单", "承办人", "口径", "工单")

    text = "".join(question + answer for question, answer in terms.QUESTIONS)
    assert [word for word in office if word in text] == []
