"""A row that was understood, as the report that is filed, and by what it is known again."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from huiyin.base.selectors import local_number
from huiyin.cases.services import filing
from huiyin.intake.rules.import_rows import ReportRow
from huiyin.intake.rules.local_limits import STILL_BURNING
from huiyin.intake.services.import_places import Placed

KEY_LENGTH = 80


def external_key(row: ReportRow, *, source: str = "") -> str:
    """By what a row is known again: number:[source:]NUMBER, else content: and a keyed digest.

    Keyed, because a digest of a few words and a name could be tried out.
    """
    if not row.number:
        return f"content:{_keyed(*row.content)}"
    prefix = f"number:{source}:" if source else "number:"
    if len(prefix) + len(row.number) > KEY_LENGTH:
        return f"number:{_keyed(source, row.number)}"
    return prefix + row.number


def _keyed(*parts: str) -> str:
    key: bytes = settings.HUIYIN_SECRETS.blind_index_key
    return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def report_of(read: ReportRow, placed: Placed, *, key: str, now: datetime) -> filing.NewReport:
    """What is filed for a row: channel excel, contacts by relay only or confidential, no category.

    The file's own urgency holds; else words of danger count while the report is fresh.
    """
    choice = "confidential" if read.confidential else "relay"
    who = tuple(
        filing.Contact(name=read.reporter, phone=phone, door=placed.door, choice=choice)
        for phone in read.phones or ("",)
    )
    if not (read.reporter or read.phones or placed.door):
        who = ()
    ending = read.ending
    history = (
        filing.History(ending.reply, ending.at, ending.unit_name, ending.satisfied)
        if ending
        else None
    )
    # Danger words of an older report start no clock of two hours: what burnt then is out by now.
    burning = timedelta(days=local_number(STILL_BURNING))
    fresh = ending is None and now - read.at <= burning
    return filing.NewReport(
        text=read.text, at=read.at, channel="excel", area_id=placed.area_id, title=read.title,
        kind=read.kind, urgency=read.urgency or (read.heard.urgency if fresh else "normal"),
        compound_id=placed.compound_id, place_text=placed.place_text, contacts=who,
        confidential=read.confidential, external_key=key, summary=_summary(read),
        history=history, suggestion=_hints(read),
    )  # fmt: skip


def _summary(read: ReportRow) -> str:
    return f"导入时已有答复（没有答复时间）：{read.open_reply}" if read.open_reply else ""


def _hints(read: ReportRow) -> dict[str, Any]:
    """What the file and the first look say besides, for the desk. Nothing of it decides anything."""
    hints: dict[str, Any] = {}
    if read.source:
        hints["source"] = dict(read.source)
    if read.ending is not None:
        return hints
    if read.heard.alerts:
        hints["alerts"] = list(read.heard.alerts)
    if read.heard.elsewhere:
        hints["elsewhere"] = read.heard.elsewhere
    if read.heard.wrongdoing:
        hints["wrongdoing"] = "unanswered"
    return hints
