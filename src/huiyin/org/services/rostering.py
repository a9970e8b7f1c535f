"""The roster of leaders on duty 值班表: entered for days, withdrawn, never rewritten once it began."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction

from huiyin.base.rules.workday_calendar import local_date, start_of_day
from huiyin.org.models import OnCall
from huiyin.org.rules.grants import ActingPost

#: Longer than this nobody is on duty in one entry: surely a slip of the keyboard.
MOST_DAYS = 31


class RosterRefused(ValueError):
    """Why a duty cannot be entered or withdrawn, in words for the screen."""


@dataclass(frozen=True)
class NewDuty:
    """From `first` at `changeover` to the same hour after `last`, both days included."""

    person_id: int
    phone: str
    first: date
    last: date
    changeover: time


def enter(duty: NewDuty, *, by: ActingPost, at: datetime) -> OnCall:
    """Enter a duty for the area of the acting post. RosterRefused in Chinese."""
    if duty.last < duty.first:
        raise RosterRefused("“到哪天”早于“从哪天”，请改正日期")
    if (duty.last - duty.first).days >= MOST_DAYS:
        raise RosterRefused(f"一次最多排 {MOST_DAYS} 天，请分几次登记")
    if duty.last < local_date(at):
        raise RosterRefused("这几天已经过去，值班表不补登")
    offset = timedelta(hours=duty.changeover.hour, minutes=duty.changeover.minute)
    return OnCall.objects.create(
        area_id=by.area_id, person_id=duty.person_id, phone=duty.phone.strip(),
        starts_at=start_of_day(duty.first) + offset,
        ends_at=start_of_day(duty.last + timedelta(days=1)) + offset,
        entered_by_id=by.person_id,
    )  # fmt: skip


@transaction.atomic
def withdraw(pk: int, *, by: ActingPost, at: datetime) -> None:
    """Take a duty from the roster: one that has not begun goes, one that runs ends now."""
    row = OnCall.objects.select_for_update().filter(pk=pk, area=by.area_id).first()
    if row is None:
        raise RosterRefused("没有这条值班，可能已被撤掉")
    if row.ends_at <= at:
        raise RosterRefused("这次值班已经结束，不能再改")
    if row.starts_at >= at:
        row.delete()
    else:
        row.ends_at = at
        row.save(update_fields=["ends_at"])
