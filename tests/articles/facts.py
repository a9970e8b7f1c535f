"""What the small city of tests/articles/plan really holds, counted in plain Python.

`value("reports_received", "530681", "2025H1")` answers with an exact number (Fraction for a share);
nothing here knows the product's code. All dates of a line lie in its month, so that only periods
of whole months have an answer; stock numbers are taken on the last day of the period.
"""

from __future__ import annotations

import csv
import re
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path

PLAN = Path(__file__).parent / "plan"
#: “Everything until that day”; the roll of party members begins before the reports do.
BEGINNING = date(2000, 1, 1)

#: code → columns of reports.csv that are added up.
REPORT_COUNTS = {
    "handled_on_spot": ["on_spot"],
    "cases_dispatched": ["dispatched"],
    "cases_replied": ["replied"],
    "cases_replied_in_time": ["replied_in_time"],
    "cases_signed_off": ["signed_off"],
    "returns_asked": ["returns_asked"],
    "returns_granted": ["returns_granted"],
    "callbacks_reached": ["callbacks_reached"],
    "callbacks_resolved": ["resolved"],
    "callbacks_satisfied": ["satisfied"],
}
#: code → (numerator, denominator), in percent.
RATES = {
    "response_rate": ("responded", "dispatched"),
    "resolution_rate": ("resolved", "callbacks_reached"),
    "satisfaction_rate": ("satisfied", "rated"),
    "on_time_rate": ("replied_in_time", "replied"),
    "first_time_rate": ("first_time", "signed_off"),
    "return_rate": ("returns_asked", "dispatched"),
    "misdispatch_rate": ("returns_granted", "dispatched"),
}
KINDS = ("enquiry", "help", "complaint", "report", "suggestion")
UNITS = {
    "reports_received": "件",
    "cases_open": "件",
    "returns_asked": "次",
    "returns_granted": "次",
    "liaisons": "个",
    "liaison_communities": "个",
    "dual_registered": "名",
    "dual_registered_new": "名",
    "service_times": "次",
    "service_person_times": "人次",
    "service_members": "名",
    **{code: "件" for code in REPORT_COUNTS if not code.startswith("returns_")},
    **dict.fromkeys(RATES, "%"),
}


class NoAnswer(LookupError):
    """The plan cannot answer: an unknown code, dimension or a period that cuts a month."""


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The lines of one file of the plan."""
    with (PLAN / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def bounds(period: str) -> tuple[date, date]:
    """First and last day of a period code (2025 · 2025H1 · 2025Q2 · 2025-06 · A/B · @D · 2Y2025)."""
    if match := re.fullmatch(r"(\d{4})", period):
        return date(int(period), 1, 1), date(int(period), 12, 31)
    if match := re.fullmatch(r"(\d{4})H([12])", period):
        year, half = int(match[1]), int(match[2])
        return date(year, half * 6 - 5, 1), month_end(year, half * 6)
    if match := re.fullmatch(r"(\d{4})Q([1-4])", period):
        year, quarter = int(match[1]), int(match[2])
        return date(year, quarter * 3 - 2, 1), month_end(year, quarter * 3)
    if match := re.fullmatch(r"(\d{4})-(\d{2})", period):
        return date(int(match[1]), int(match[2]), 1), month_end(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"@(\d{4}-\d{2}-\d{2})", period):
        return BEGINNING, date.fromisoformat(match[1])
    if match := re.fullmatch(r"2Y(\d{4})", period):
        return date(int(match[1]) - 2, 1, 1), date(int(match[1]) - 1, 12, 31)
    if "/" in period:
        first, last = period.split("/")
        return date.fromisoformat(first), date.fromisoformat(last)
    raise NoAnswer(period)


def _lies_in(community: str, place: str) -> bool:
    """Whether a community lies in a place; 530600 is the whole prefecture."""
    return community.startswith("5306" if place == "530600" else place)


def _lines(name: str, place: str, first: date, last: date, month: str) -> list[dict[str, str]]:
    """Lines of that place whose month lies in first–last."""
    if (first.day, (last + timedelta(days=1)).day) != (1, 1):
        raise NoAnswer(f"{first}/{last} cuts a month")
    low, high = f"{first:%Y-%m}", f"{last:%Y-%m}"
    return [
        line
        for line in rows(name)
        if _lies_in(line["community"], place) and low <= line[month] <= high
    ]


def _added(lines: list[dict[str, str]], columns: list[str]) -> int:
    return sum(int(line[column]) for line in lines for column in columns)


def _reports(code: str, place: str, period: str, by: str) -> Fraction:
    first, last = bounds(period)
    if code == "cases_open":
        first = BEGINNING
    lines = _lines("reports", place, first, last, "month")
    received = [f"received_{kind}" for kind in KINDS]
    if code == "reports_received":
        if by:
            name, _, key = by.partition("=")
            if name != "kind" or key not in KINDS:
                raise NoAnswer(by)
            received = [f"received_{key}"]
        return Fraction(_added(lines, received))
    if by:
        raise NoAnswer(f"{code} by {by}")
    if code == "cases_open":
        ended = _added(lines, ["on_spot", "signed_off"])
        return Fraction(_added(lines, received) - ended)
    if code in RATES:
        numerator, denominator = RATES[code]
        return Fraction(100 * _added(lines, [numerator]), _added(lines, [denominator]))
    return Fraction(_added(lines, REPORT_COUNTS[code]))


def _service(code: str, place: str, period: str, by: str) -> Fraction:
    first, last = bounds(period)
    lines = _lines("services", place, first, last, "month")
    if by:
        name, _, key = by.partition("=")
        if name != "kind" or code == "service_members":
            raise NoAnswer(by)
        lines = [line for line in lines if line["kind"] == key]
    if code == "service_times":
        return Fraction(_added(lines, ["activities"]))
    if code == "service_person_times":
        return Fraction(_added(lines, ["person_times"]))
    return Fraction(len({person for line in lines for person in line["members"].split()}))


def _kept(code: str, place: str, period: str, by: str) -> Fraction:
    first, last = bounds(period)
    if code in ("liaisons", "liaison_communities"):
        lines = [
            line
            for line in rows("liaison")
            if _lies_in(line["community"], place) and line["from"] <= last.isoformat()
        ]
        if code == "liaison_communities":
            return Fraction(len({line["community"] for line in lines if line["level"] == "leader"}))
        if by:
            name, _, key = by.partition("=")
            if name != "level":
                raise NoAnswer(by)
            lines = [line for line in lines if line["level"] == key]
        return Fraction(_added(lines, ["n"]))
    if by:
        raise NoAnswer(f"{code} by {by}")
    if code == "dual_registered_new":
        return Fraction(_added(_lines("dual_registration", place, first, last, "month"), ["n"]))
    lines = _lines("dual_registration", place, BEGINNING, last, "month")
    return Fraction(_added(lines, ["n"]) - _added(lines, ["left_n"]))


def value(code: str, place: str, period: str, by: str | None = None) -> Fraction:
    """The number, exactly; `NoAnswer` when the plan does not hold it."""
    if code not in UNITS:
        raise NoAnswer(code)
    if code.startswith("service_"):
        return _service(code, place, period, by or "")
    if code in ("liaisons", "liaison_communities", "dual_registered", "dual_registered_new"):
        return _kept(code, place, period, by or "")
    return _reports(code, place, period, by or "")


def is_lower_bound(code: str, place: str, period: str, by: str | None = None) -> bool:
    """Whether an approximate line (300余) is in the sum, so that the number says 含约数."""
    if code != "service_person_times":
        return False
    first, last = bounds(period)
    return any(
        line["approximate"] and (not by or by == f"kind={line['kind']}")
        for line in _lines("services", place, first, last, "month")
    )
