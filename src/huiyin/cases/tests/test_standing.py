"""What was open, overdue or suspended on a day is the same number however long after one asks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from huiyin.cases.models import Case
from huiyin.cases.selectors import standing
from huiyin.indicators import registry
from huiyin.indicators.registry import Slice
from huiyin.indicators.services import computing
from tests.cast import DAY, Cast, at

SOON = timedelta(minutes=1)
STOCKS = ("cases_open", "overdue_now", "cases_suspended")
#: Story: when, which case, action, who, what is typed. One case is solved and breaks again, one waits
#: in the suspended list and comes back, one is merged and taken out, one is sent back by the reviewer.
STORY: tuple[tuple[str, str, str, str, dict[str, Any]], ...] = (
    ("2026-09-30 10:00", "breaks", "admit", "desk", {}),
    ("2026-09-30 10:10", "breaks", "dispatch", "dispatcher", {"lead": "housing"}),
    ("2026-09-30 10:20", "waits", "dispatch", "dispatcher", {"lead": "housing"}),
    ("2026-09-30 10:30", "merges", "merge", "dispatcher", {"into": "breaks"}),
    ("2026-09-30 10:40", "late", "dispatch", "dispatcher", {"lead": "housing"}),
    ("2026-09-30 11:00", "breaks", "accept", "handler", {}),
    ("2026-09-30 11:10", "waits", "accept", "handler", {}),
    ("2026-09-30 11:20", "late", "accept", "handler", {}),
    ("2026-10-02 10:00", "merges", "unmerge", "dispatcher", {"note": "不是一回事"}),
    ("2026-10-02 11:00", "waits", "ask_suspension", "handler",
     {"reason": "money", "basis": "分管领导", "expected_on": date(2026, 12, 1), "note": "先围挡",
      "reply": "资金到位后施工"}),
    ("2026-10-02 12:00", "waits", "grant_suspension", "supervisor", {}),
    ("2026-10-03 09:00", "breaks", "submit_result", "handler", {"reply": "已修好"}),
    ("2026-10-03 10:00", "breaks", "approve", "reviewer", {}),
    ("2026-10-03 11:00", "breaks", "call_back", "callback",
     {"channel": "phone", "outcome": "reached", "resolved": True, "satisfied": "satisfied"}),
    ("2026-10-03 12:00", "breaks", "sign_off", "callback", {"code": "satisfied"}),
    ("2026-11-10 09:00", "late", "submit_result", "handler", {"reply": "已修好"}),
    ("2026-11-11 09:00", "late", "send_back", "reviewer", {"note": "没有说清楚"}),
    ("2026-11-12 09:00", "late", "submit_result", "handler", {"reply": "换了阀门，不再漏"}),
    ("2026-11-16 09:00", "breaks", "reopen", "callback", {"note": "又漏了"}),
    ("2026-11-17 09:00", "waits", "resume", "supervisor", {}),
)  # fmt: skip


def test_stocks_of_the_past_are_what_they_were_then(cast: Cast) -> None:
    cases = {name: cast.report(f"{name} 漏水").pk for name in ("breaks", "waits", "merges", "late")}
    seen: list[tuple[datetime, tuple[int, ...]]] = []

    for when, name, action, who, typed in STORY:
        given = dict(typed)
        if "into" in given:
            given["into"] = cases[given["into"]]
        if "lead" in given:
            given["lead"] = getattr(cast, given["lead"]).pk
        seen.append((at(when), _stocks(cast, at(when))))
        cast.act(Case.objects.get(pk=cases[name]), action, getattr(cast, who), at(when), **given)
        seen.append((at(when) + SOON, _stocks(cast, at(when) + SOON)))

    assert [(moment, _stocks(cast, moment)) for moment, _ in seen] == seen
    assert [set(column) for column in zip(*(then for _, then in seen), strict=True)] == [
        {3, 4}, {0, 1}, {0, 1},
    ]  # fmt: skip


def test_the_events_that_end_and_reopen_a_case_are_those_of_the_table() -> None:
    assert set(standing.ENDING) == {
        "answered_at_once", "channel_told", "declined", "withheld", "signed_off", "terminated", "merged",
        "handled_on_spot", "history_imported",
    }  # fmt: skip
    assert set(standing.REOPENING) == {"reopened", "on_spot_reopened", "unmerged"}
    assert {"resumed", "terminated", "redispatched", "withheld"} == set(standing.LEAVING)


def _stocks(cast: Cast, moment: datetime) -> tuple[int, ...]:
    """Open, overdue and suspended at that moment, as one asks now."""
    part = Slice(cast.city.path, DAY - timedelta(days=1), moment)
    return tuple(computing.compute(registry.get(code), part).n for code in STOCKS)
