"""Settled periods: who locks and lifts, who may still enter, which fact is late.

Every write of a register passes `judge`, and nothing else does: facts of cases are never back-dated.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from huiyin.base.rules.times import long_date
from huiyin.base.rules.workday_calendar import local_date
from huiyin.org.models import Area, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.registers.models import LateAllowance, LateFact, MonthClose, PeriodLock, RegisterRow
from huiyin.registers.registry import Register


class NotLocked(ValueError):
    """Why a period cannot be locked, opened or closed, in words for the page."""


@dataclass(frozen=True)
class Judged:
    """What the gate says of a fact. `refusal` = why not, in words; else, where it is late, after
    which closing or by which allowance, and the day that makes it so."""

    refusal: str = ""
    day: date | None = None
    close_id: int | None = None
    allowance_id: int | None = None

    @property
    def late(self) -> bool:
        return self.day is not None


def judge(
    register: Register, *, area_id: int, days: Iterable[date], unit_id: int | None, at: datetime
) -> Judged:
    """Whether a fact of these days may be written for that place now. Two queries at most."""
    asked = sorted(set(days))
    if not asked or register.everywhere:
        return Judged()
    allowance_id, late = None, None
    for lock in locks_on(register, area_id, asked):
        allowed = unit_id and lock.allowances.filter(
            unit=unit_id, until__gte=local_date(at)
        ).order_by("-until").values_list("pk", flat=True).first()  # fmt: skip
        if not allowed:
            return Judged(refusal=_refusal(register, lock))
        allowance_id = allowed
        late = late or next(day for day in asked if lock.first <= day <= lock.last)
    months = {day.replace(day=1) for day in asked}
    close = MonthClose.objects.filter(unit=unit_id, month__in=months, closed_at__lte=at).first()
    if close is not None:
        late = late or next(day for day in asked if day.replace(day=1) == close.month)
    return Judged(day=late, close_id=close.pk if close else None, allowance_id=allowance_id)


def locks_on(register: Register, area_id: int, days: Iterable[date]) -> list[PeriodLock]:
    """Locks that hold for one of these days at that place or above it."""
    here = Area.objects.filter(pk=area_id, path__startswith=OuterRef("area__path"))
    falls = Q(pk__in=[])
    for day in days:
        falls |= Q(first__lte=day, last__gte=day)
    return list(
        PeriodLock.objects.filter(
            falls, Exists(here), Q(register=register.code) | Q(register="", realm=register.realm),
            lifted_at__isnull=True,
        ).select_related("locked_by").order_by("pk")
    )  # fmt: skip


def _refusal(register: Register, lock: PeriodLock) -> str:
    return (
        f"{long_date(lock.first)}至{long_date(lock.last)}的{register.label}已锁定（{lock.reason}），"
        "不能登记、修改、撤销。要补录，请向锁定的"
        f"{lock.locked_by.name}申请补录许可，写明理由；批准后在期限内再写一次即可"
    )


def note_late(
    register: Register, row: RegisterRow, judged: Judged, *, action: str, unit_id: int, at: datetime
) -> None:
    """Keep that this version of the row came late."""
    assert judged.day is not None
    LateFact.objects.create(
        register=register.code, row=row.pk, seq=row.version, action=action, area_id=row.area_id, day=judged.day,
        unit_id=unit_id, recorded_at=at, close_id=judged.close_id, allowance_id=judged.allowance_id,
    )  # fmt: skip


@dataclass(frozen=True)
class NewLock:
    """What is to be locked: register "" = every ledger of the realm."""

    register: str
    area: Area
    first: date
    last: date
    reason: str
    realm: str = "civic"


def lock(new: NewLock, *, by: ActingPost, at: datetime) -> PeriodLock:
    """Lock a period. NotLocked when it is not over, when nobody says why, or when it is locked."""
    if len(new.reason.strip()) < 2:
        raise NotLocked("请写明为什么锁定，例如“10 月报表已报出”")
    if new.last < new.first:
        raise NotLocked("“到”早于“从”，请核对日期")
    if new.last >= local_date(at):
        raise NotLocked("只能锁定已经过完的日子，请把“到”改成今天以前")
    same = PeriodLock.objects.filter(
        register=new.register, realm=new.realm, area=new.area, first=new.first, last=new.last,
        lifted_at__isnull=True,
    )  # fmt: skip
    if same.exists():
        raise NotLocked("这个期间已经锁定")
    return PeriodLock.objects.create(
        register=new.register, realm=new.realm, area=new.area, first=new.first, last=new.last,
        reason=new.reason.strip()[:120], locked_by_id=by.person_id, locked_at=at,
    )  # fmt: skip


def lift(lock: PeriodLock, *, reason: str, by: ActingPost, at: datetime) -> None:
    """Open a locked period again, for everybody, with a reason."""
    if len(reason.strip()) < 2:
        raise NotLocked("请写明为什么解除锁定")
    done = PeriodLock.objects.filter(pk=lock.pk, lifted_at__isnull=True).update(
        lifted_by_id=by.person_id, lifted_at=at, lift_reason=reason.strip()[:120]
    )
    if not done:
        raise NotLocked("这个期间已经解除锁定")


def allow(
    lock: PeriodLock, *, unit: Unit, until: date, reason: str, by: ActingPost, at: datetime
) -> LateAllowance:
    """Let one unit enter late facts of a locked period until a day."""
    if lock.lifted_at is not None:
        raise NotLocked("这个期间已经解除锁定，不用补录许可")
    if until < local_date(at):
        raise NotLocked("补录截止不能早于今天")
    if len(reason.strip()) < 2:
        raise NotLocked("请写明为什么允许补录")
    return LateAllowance.objects.create(
        lock=lock, unit=unit, until=until, reason=reason.strip()[:120],
        granted_by_id=by.person_id, granted_at=at,
    )  # fmt: skip


def close_month(*, month: date, note: str, by: ActingPost, at: datetime) -> MonthClose:
    """The month of the acting post's unit is complete. NotLocked when it is not over, or closed."""
    first = month.replace(day=1)
    if first >= local_date(at).replace(day=1):
        raise NotLocked(f"{first:%Y}年{first.month}月还没有过完，下月 1 日起可以月结")
    try:
        with transaction.atomic():
            return MonthClose.objects.create(
                unit_id=by.unit_id, month=first, closed_by_id=by.person_id, post_id=by.post_id,
                closed_at=at, note=note.strip()[:120],
            )  # fmt: skip
    except IntegrityError:
        done = MonthClose.objects.select_related("closed_by").get(unit=by.unit_id, month=first)
        raise NotLocked(f"本单位这个月已由{done.closed_by.name}月结") from None
