"""/work/calendar/: the workday calendar by the year; a missing year is entered, a day is changed."""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from huiyin.base import clock, selectors
from huiyin.base.rules import calendar_entry as entry
from huiyin.base.rules.calendar_entry import CalendarDay, UnreadableEntry
from huiyin.base.rules.tables import Tab
from huiyin.base.rules.times import long_date, long_date_with_weekday
from huiyin.base.services.seeding import whole_years
from huiyin.org import access, registry
from huiyin.org.access import needs
from huiyin.org.forms import CalendarDayForm, CalendarYearForm
from huiyin.org.services import calendar as service

GRANT = "system.defaults"
#: Years that may be looked at and entered: those that dates of cases may fall into.
FIRST_YEAR, LAST_YEAR = 2000, 2100
#: Tabs of years: older ones are reached by address.
TABS = 3


@dataclass(frozen=True)
class Cell:
    """A day in its month: `mark` is 休, 班 or nothing; `tone` its look."""

    number: int
    url: str
    mark: str
    tone: str
    words: str
    today: bool


@require_GET
@needs(GRANT)
def calendar(request: HttpRequest) -> HttpResponse:
    """The year that is most in need of a look: the missing one, else this."""
    years, this = whole_years(), clock.today().year
    return redirect("calendar_year", this + 1 if this in years and this + 1 not in years else this)


@require_GET
@needs(GRANT)
def calendar_year(request: HttpRequest, year: int) -> HttpResponse:
    """Twelve months, then the days off and make-up workdays in words."""
    _check(year)
    years, today, first = whole_years(), clock.today(), date(year, 1, 1)
    days = selectors.calendar_days(year) if year in years else {}
    context = {
        "year": year,
        "known": year in years,
        "missing": [y for y in (today.year, today.year + 1) if y not in years],
        "tabs": _tabs(years, year, today),
        "months": [(m, _weeks(year, m, days, today)) for m in range(1, 13)] if days else [],
        "lines": entry.as_text(list(days.values())).splitlines(),
        "confirmed": selectors.calendar_years(year).get(year),
        "source": selectors.calendar_sources(first).get(first, ""),
    }
    return render(request, "org/calendar_year.html", context)


@require_http_methods(["GET", "POST"])
@needs(GRANT)
def calendar_enter(request: HttpRequest, year: int) -> HttpResponse:
    """Type or paste a year, look at what it changes, confirm it."""
    _check(year)
    standing = list(selectors.calendar_days(year).values()) if year in whole_years() else []
    form = CalendarYearForm(request.POST or None, initial={"text": entry.as_text(standing)})
    context: dict[str, Any] = {"year": year, "known": bool(standing), "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            context |= _preview(year, form.cleaned_data["text"])
            if request.POST.get("act") == "confirm":
                service.enter_year(
                    year=year, by=access.post_for(request, GRANT), at=clock.now(),
                    address=access.address_of(request), **form.cleaned_data,
                )  # fmt: skip
                messages.success(request, f"{year} 年工作日历已录入，此后推算的时限都按它")
                return redirect("calendar_year", year)
        except UnreadableEntry as error:
            for problem in error.problems:
                form.add_error("text", problem)
        except ValueError as error:
            form.add_error("text", str(error))
    return render(request, "org/calendar_enter.html", context)


@require_http_methods(["GET", "POST"])
@needs(GRANT)
def calendar_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """What one day is and under which document; another kind of day for it."""
    _check(year)
    try:
        wanted = date(year, month, day)
    except ValueError:
        raise Http404 from None
    standing = selectors.calendar_days(year).get(wanted)
    if standing is None:
        return redirect("calendar_year", year)
    form = CalendarDayForm(
        request.POST or None,
        initial={"kind": "work" if standing.is_workday else "off", "name": standing.name},
    )
    if request.method == "POST" and form.is_valid() and _change(request, form, wanted):
        return redirect("calendar_year", year)
    return render(request, "org/calendar_day.html", {
        "day": wanted, "heading": long_date_with_weekday(wanted), "standing": standing,
        "source": selectors.calendar_sources(wanted).get(wanted, ""), "form": form,
        "closed": wanted < clock.today() and registry.day_is_used(wanted),
    })  # fmt: skip


def _change(request: HttpRequest, form: CalendarDayForm, day: date) -> bool:
    given = form.cleaned_data
    try:
        changed = service.change_day(
            day=day, is_workday=given["kind"] == "work", name=given["name"],
            document=given["document"], by=access.post_for(request, GRANT), at=clock.now(),
            address=access.address_of(request),
        )  # fmt: skip
    except ValueError as error:
        form.add_error("kind", str(error))
        return False
    if changed is None:
        form.add_error("kind", "和现在一样，没有要改的")
        return False
    messages.success(request, f"{long_date(day)}改为“{changed.after.word}”，此后推算的时限都按它")
    return True


def _preview(year: int, text: str) -> dict[str, Any]:
    """What would change, and what looks forgotten."""
    changes = service.planned(year, text)
    days = entry.whole_year(year, entry.read(text, year=year))
    return {
        "preview": True,
        "new": sum(c.before is None for c in changes),
        "changed": [c for c in changes if c.before is not None],
        "lines": entry.as_text(days).splitlines(),
        "off": sum(not d.is_workday and d.word != "周末" for d in days),
        "makeup": sum(d.is_workday and d.day.isoweekday() > 5 for d in days),
        "unnamed": entry.unnamed_holidays(days),
        "closed": service.closed_days(changes, today=clock.today()),
    }


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404


def _tabs(years: tuple[int, ...], year: int, today: date) -> list[Tab]:
    shown = sorted({*years[-TABS:], today.year, today.year + 1, year})
    return [
        Tab(
            f"{y} 年" if y in years else f"{y} 年（缺）",
            reverse("calendar_year", args=[y]),
            current=y == year,
        )
        for y in shown
    ]


def _weeks(
    year: int, month: int, days: Mapping[date, CalendarDay], today: date
) -> list[list[Cell | None]]:
    return [
        [_cell(days[d], today) if d.month == month else None for d in week]
        for week in gregorian.Calendar().monthdatescalendar(year, month)
    ]


def _cell(day: CalendarDay, today: date) -> Cell:
    marked = day.word not in ("上班", "周末")
    mark = ("班" if day.is_workday else "休") if marked else ""
    tone = {"班": "work", "休": "off"}.get(mark, "weekend" if day.word == "周末" else "plain")
    url = reverse("calendar_day", args=[day.day.year, day.day.month, day.day.day])
    words = f"{day.day.month}月{day.day.day}日 {day.word}"
    return Cell(day.day.day, url, mark, tone, words, day.day == today)
