"""Measures as types: 件, 户, 人, 人次 … are different things and are never added (design §3)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A unit of counting. `code` is stable; `word` stands on the screen behind the number."""

    code: str
    word: str


CASES = Measure("cases", "件")
HOUSEHOLDS = Measure("households", "户")
PERSONS = Measure("persons", "人")
PERSON_TIMES = Measure("person_times", "人次")
TIMES = Measure("times", "次")
NAMES = Measure("names", "名")
SESSIONS = Measure("sessions", "场次")
PLACES = Measure("places", "处")
GROUPS = Measure("groups", "组")
PORTS = Measure("ports", "个端口")
SETS = Measure("sets", "套")
PIECES = Measure("pieces", "个")
YUAN = Measure("yuan", "元")
SQUARE_METRES = Measure("square_metres", "平方米")
HOURS = Measure("hours", "小时")
PERCENT = Measure("percent", "%")
TRANSFERS = Measure("transfers_per_case", "次/件")


class UnlikeMeasures(TypeError):
    """Two different measures were to be added. The message names both."""


def same(*measures: Measure) -> Measure:
    """The one measure of several terms, or UnlikeMeasures."""
    first = measures[0]
    for other in measures[1:]:
        if other != first:
            raise UnlikeMeasures(f"{first.word}与{other.word}是不同的量，不能相加")
    return first
