"""A locked period refuses facts with its reason; a closed month takes them as 补录."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.base import clock
from huiyin.base.models import AuditRow
from huiyin.communities.registers import DUAL_REGISTRATION, SERVICE
from huiyin.communities.tests.conftest import Browser, Desk
from huiyin.registers import registry
from huiyin.registers.models import LateFact, MonthClose, PeriodLock
from huiyin.registers.registry import Register
from huiyin.registers.services import keeping, locking, verifying, writing
from huiyin.registers.services.locking import NewLock, NotLocked
from huiyin.registers.services.writing import RowRefused, Source, Written
from tests.cast import DAY, Cast

COUNTS = json.loads((Path(registry.__file__).parent / "tests" / "query_counts.json").read_text())
AUGUST = (date(2026, 8, 1), date(2026, 8, 31))
ROW: dict[str, Any] = {
    "activity": "扫雪",
    "kind": "environment",
    "member": "周党员",
    "person_times": 1,
    "community": "团结路社区",
}


def _lock(cast: Cast, register: str = "", **more: Any) -> PeriodLock:
    new = {"register": register, "area": cast.county, "first": AUGUST[0], "last": AUGUST[1],
           "reason": "8 月报表已报出"} | more  # fmt: skip
    return locking.lock(NewLock(**new), by=cast.leader, at=DAY)


def _enter(desk: Desk, day: str, register: Register = SERVICE, **more: Any) -> Written:
    return desk.enter(register, **(ROW | {"day": day} | more))


@pytest.mark.parametrize("register", ["", "service"])
def test_a_fact_of_a_locked_period_is_refused_with_reason_and_what_to_do(
    cast: Cast, desk: Desk, register: str
) -> None:
    _lock(cast, register)

    with pytest.raises(RowRefused) as refused:
        _enter(desk, "2026-08-31")

    assert "8 月报表已报出" in str(refused.value)
    assert "向锁定的朱领导申请补录许可" in str(refused.value)
    assert SERVICE.model is not None
    assert not SERVICE.model._default_manager.exists()


def test_other_days_ledgers_and_places_are_not_locked(cast: Cast, desk: Desk) -> None:
    _lock(cast, "liaison")
    _enter(desk, "2026-08-31")
    _lock(cast, "service")

    assert _enter(desk, "2026-09-01").outcome == writing.NEW
    assert _enter(desk, "2026-07-31").outcome == writing.NEW


def test_a_row_of_a_locked_period_is_neither_changed_nor_moved_nor_withdrawn(
    cast: Cast, desk: Desk
) -> None:
    row = _enter(desk, "2026-08-31").row
    later = _enter(desk, "2026-09-02", activity="读报").row
    _lock(cast)
    source = Source(cast.clerk, DAY)

    def values(of: Any, **more: Any) -> dict[str, Any]:
        return {c.name: writing.value_of(SERVICE, of, c) for c in SERVICE.columns} | more

    for changed, to in ((row, {"activity": "铲雪"}), (row, {"day": date(2026, 9, 1)}),
                        (later, {"day": date(2026, 8, 30)})):  # fmt: skip
        with pytest.raises(RowRefused, match="已锁定"):
            writing.change(SERVICE, changed.pk, values(changed, **to), area_id=changed.area_id,
                           version=1, source=source)  # fmt: skip
    with pytest.raises(RowRefused, match="已锁定"):
        writing.withdraw(SERVICE, row.pk, reason="记错了", version=1, source=source)


def test_what_holds_from_a_locked_period_on_may_end_today(cast: Cast, desk: Desk) -> None:
    """That somebody leaves in September changes nothing of August."""
    row = desk.enter(DUAL_REGISTRATION, member="周党员", registered_on="2026-08-05",
                     community=cast.community.name).row  # fmt: skip
    _lock(cast)
    now = {c.name: writing.value_of(DUAL_REGISTRATION, row, c) for c in DUAL_REGISTRATION.columns}

    done = writing.change(DUAL_REGISTRATION, row.pk, now | {"left_on": date(2026, 9, 20)},
                          area_id=row.area_id, version=1, source=Source(cast.clerk, DAY))  # fmt: skip

    assert done.outcome == writing.CHANGED
    with pytest.raises(RowRefused, match="已锁定"):
        writing.change(DUAL_REGISTRATION, row.pk, now | {"left_on": date(2026, 8, 20)},
                       area_id=row.area_id, version=2, source=Source(cast.clerk, DAY))  # fmt: skip


def test_one_unit_may_enter_late_facts_until_a_day(cast: Cast, desk: Desk) -> None:
    lock = _lock(cast)
    locking.allow(
        lock, unit=cast.neighbours, until=DAY.date(), reason="漏登一行", by=cast.leader, at=DAY
    )

    done = _enter(desk, "2026-08-31")
    late = LateFact.objects.get()

    assert (done.outcome, done.late) == (writing.NEW, True)
    assert (late.register, late.row, late.unit_id) == ("service", done.row.pk, cast.neighbours.pk)
    assert verifying.verify(SERVICE) == []
    with pytest.raises(RowRefused, match="已锁定"):
        writing.withdraw(SERVICE, done.row.pk, reason="记错了", version=1,
                         source=Source(cast.clerk, DAY + timedelta(days=1)))  # fmt: skip


def test_a_lifted_lock_holds_nobody_up(cast: Cast, desk: Desk) -> None:
    lock = _lock(cast)
    locking.lift(lock, reason="重新核对", by=cast.leader, at=DAY)

    assert _enter(desk, "2026-08-31").late is False
    with pytest.raises(NotLocked, match="已经解除"):
        locking.lift(lock, reason="再来一次", by=cast.leader, at=DAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": " "}, "写明为什么"), ({"first": date(2026, 9, 1)}, "早于"),
        ({"last": DAY.date()}, "已经过完"), ({}, "已经锁定"),
    ],
)  # fmt: skip
def test_a_lock_that_cannot_be_is_answered_with_why(
    cast: Cast, changes: dict[str, Any], said: str
) -> None:
    _lock(cast)

    with pytest.raises(NotLocked, match=said):
        _lock(cast, **changes)


def test_names_are_cleared_in_a_locked_period_all_the_same(cast: Cast, desk: Desk) -> None:
    """The law is stronger than the books."""
    row = _enter(desk, "2026-08-31").row
    _lock(cast)

    assert keeping.clear_expired(at=DAY + timedelta(days=1000)) == {"service": 1}
    row.refresh_from_db()
    assert row.erased_at is not None


def test_what_comes_after_the_month_was_closed_is_late(cast: Cast, desk: Desk) -> None:
    before = _enter(desk, "2026-08-30")
    locking.close_month(month=date(2026, 8, 1), note="", by=cast.clerk, at=DAY)

    after = _enter(desk, "2026-08-31")

    assert (before.late, after.late) == (False, True)
    assert [(f.day, f.action) for f in LateFact.objects.all()] == [(date(2026, 8, 31), "entered")]
    assert _enter(desk, "2026-09-01").late is False


def test_a_unit_closes_a_month_once_and_only_when_it_is_over(cast: Cast) -> None:
    locking.close_month(month=date(2026, 8, 1), note="", by=cast.clerk, at=DAY)

    with pytest.raises(NotLocked, match="已由韩专干月结"):
        locking.close_month(month=date(2026, 8, 15), note="", by=cast.clerk, at=DAY)
    with pytest.raises(NotLocked, match="还没有过完"):
        locking.close_month(month=date(2026, 9, 1), note="", by=cast.clerk, at=DAY)


def test_a_pasted_or_imported_row_is_refused_by_itself_and_a_late_one_is_marked(
    cast: Cast, desk: Desk
) -> None:
    _lock(cast, first=date(2026, 7, 1), last=date(2026, 7, 31))
    locking.close_month(month=date(2026, 8, 1), note="", by=cast.clerk, at=DAY)
    sheet = desk.sheet(
        ("活动", "日期", "类别", "人次"), ("扫雪", "2026-07-31", "环境整治", 1),
        ("扫雪", "2026-08-31", "环境整治", 1), ("扫雪", "2026-09-01", "环境整治", 1),
    )  # fmt: skip

    looked = desk.imports(SERVICE, sheet, try_only=True)
    done = desk.imports(SERVICE, sheet)

    assert (looked.new, looked.refused) == (done.new, done.refused) == (2, 1)
    assert "已锁定" in desk.reasons()[0]
    assert LateFact.objects.count() == 1


# -- pages -------------------------------------------------------------------------------------
def test_the_leader_locks_a_month_and_lets_one_unit_in(cast: Cast, browser: Browser) -> None:
    leader = browser(cast.leader)

    done = leader.post("/work/registers/locks/", {
        "register": "service", "area": cast.county.pk, "first": "2026-08-01", "last": "2026-08-31",
        "reason": "8 月报表已报出"})  # fmt: skip
    lock = PeriodLock.objects.get()
    leader.post(done.headers["Location"], {
        "unit": cast.neighbours.pk, "until": "2026-10-07", "reason": "漏登一行"})  # fmt: skip
    page = leader.get(done.headers["Location"]).content.decode()
    leader.post(f"/work/registers/locks/{lock.pk}/lift/", {"reason": "重新核对"})

    assert "团结路社区 到 2026年10月7日" in page
    assert "已解除" in leader.get("/work/registers/locks/").content.decode()
    actions = ["late_allowed", "period_locked", "period_opened"]
    assert sorted(AuditRow.objects.values_list("action", flat=True)) == actions


def test_a_wrong_form_keeps_what_was_typed(cast: Cast, browser: Browser) -> None:
    page = browser(cast.leader).post("/work/registers/locks/", {
        "register": "", "area": cast.county.pk, "first": "2026-08-01", "last": "2026-12-31",
        "reason": "8 月报表已报出"}).content.decode()  # fmt: skip

    assert "只能锁定已经过完的日子" in page
    assert "8 月报表已报出" in page
    assert not PeriodLock.objects.exists()


def test_who_enters_meets_the_reason_on_the_page(cast: Cast, browser: Browser) -> None:
    _lock(cast)
    clerk = browser(cast.clerk)

    page = clerk.post("/work/registers/service/new/", {
        "activity": "扫雪", "day": "2026-08-31", "kind": "environment", "member": "周党员",
        "person_times": "1"}).content.decode()  # fmt: skip

    assert "8 月报表已报出" in page
    assert "扫雪" in page
    assert "账期锁定" in clerk.get("/work/registers/").content.decode()
    assert "8 月报表已报出" in clerk.get("/work/registers/locks/").content.decode()
    assert clerk.post("/work/registers/locks/", {}).status_code == 403


def test_a_clerk_closes_the_month_and_the_leader_sees_who_did(
    cast: Cast, browser: Browser, desk: Desk
) -> None:
    clerk, leader = browser(cast.clerk), browser(cast.leader)
    open_ = leader.get("/work/registers/months/").content.decode()

    clerk.post("/work/registers/months/close/", {"month": "2026-08-01", "note": ""})
    row = _enter(desk, "2026-08-31").row
    page = leader.get("/work/registers/months/").content.decode()

    assert "未月结" in open_
    assert MonthClose.objects.get().unit_id == cast.neighbours.pk
    assert "已月结" in page
    assert f"下沉服务台账 第 {row.pk} 行" in page
    assert "补录" in clerk.get("/work/registers/service/").content.decode()
    assert leader.post("/work/registers/months/close/", {"month": "2026-07-01"}).status_code == 403


def test_the_month_that_is_shown_is_the_last_one_or_that_of_the_address(
    cast: Cast, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    leader = browser(cast.leader)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 5))

    assert leader.get("/work/registers/months/").context["month"] == date(2025, 12, 1)
    asked = leader.get("/work/registers/months/", {"month": "2025-03"})
    assert asked.context["month"] == date(2025, 3, 1)
    assert leader.get("/work/registers/months/", {"month": "x"}).context["month"] == date(
        2025, 12, 1
    )


@pytest.mark.parametrize("name", ["lock_list", "month_list"])
def test_the_lists_ask_as_often_as_recorded_however_long_they_are(
    cast: Cast, browser: Browser, desk: Desk, name: str
) -> None:
    leader, asked = browser(cast.leader), []
    locking.close_month(month=date(2026, 8, 1), note="", by=cast.clerk, at=DAY)
    leader.get(reverse(name))

    for many in (1, 12):
        for n in range(many):
            _enter(desk, f"2026-08-{n + 1:02d}", activity=f"扫雪 {many}")
            _lock(cast, first=date(2025, many, n + 1), last=date(2025, many, 28))
        with CaptureQueriesContext(connection) as queries:
            assert leader.get(reverse(name)).status_code == 200
        asked.append(len(queries))

    assert asked == [COUNTS[name]] * 2
