"""Found on the spot: put right at once (自办件) or passed on (上报). The finder stays the finder.

自办件 is a closing of its own kind, outside dispatch, return and the three rates (design §2.3).
Photos are never asked for; one that cannot be read never costs the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from huiyin.base.models import Attachment
from huiyin.base.rules.images import UnreadablePhoto, clean_photo
from huiyin.base.selectors import local_number
from huiyin.base.services import files
from huiyin.cases.services import filing
from huiyin.intake.rules import receipts, report_kinds
from huiyin.intake.rules.local_limits import ON_SPOT_PHOTOS
from huiyin.intake.services.once import Answered, once
from huiyin.intake.services.placing import Where
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules import danger_words, urgency

BEFORE, AFTER = "处理前", "处理后"


@dataclass(frozen=True)
class Finding:
    """What was found. `done` = how it was put right; "" when it is passed on. `wrongdoing`: “yes”,
    “no” or “” to the question whether it accuses an official, which its words may raise."""

    client_id: str
    where: Where
    text: str
    done: str = ""
    place_text: str = ""
    wrongdoing: str = ""
    before: tuple[bytes, ...] = field(default=(), repr=False)
    after: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Recorded:
    """`solved`: 自办件; `withheld`: 检举控告, which nobody in the line sees; else it waits for
    admission. `refused`: photos that were not kept."""

    number: str
    case_id: int
    solved: bool
    refused: tuple[str, ...] = ()
    withheld: bool = False


def most_photos() -> int:
    """Photos of each kind that are kept; more are left out and named: 本地参数."""
    return local_number(ON_SPOT_PHOTOS)


def record(finding: Finding, *, post: ActingPost, at: datetime) -> Recorded:
    """File the finding with its finder; all of it or nothing. The same finding twice is one case.

    Raises once.UsedBefore when its client id stands for another finding.
    """
    photos, refused = _photos(finding)
    kept: list[Attachment] = []

    def act() -> dict[str, Any]:
        report = _report(finding, post, at)
        if photos:
            # In the hashed body of the first event: a photo that is exchanged later is found.
            report.suggestion["files"] = [hashlib.sha256(d).hexdigest() for _, d in photos]
        filed = filing.file_report(report, recorded_at=at)
        for caption, data in photos:
            kept.append(files.keep(
                subject=f"case:{filed.case_id}", kind="photo", data=data, at=at, caption=caption,
                media_type="image/jpeg", extension="jpg", added_by_id=post.person_id,
            ))  # fmt: skip
        return {"number": filed.number, "case": filed.case_id, "solved": bool(report.on_spot),
                "withheld": report.withheld, "refused": list(refused)}  # fmt: skip

    try:
        return recorded(once(client_id=finding.client_id, parts=_parts(finding), at=at, act=act))
    except BaseException:
        files.discard(kept)
        raise


def recorded(answered: Answered) -> Recorded:
    """The receipt behind a kept answer."""
    a = answered.answer
    return Recorded(
        a["number"], a["case"], a["solved"], tuple(a["refused"]), a.get("withheld", False)
    )


def _report(finding: Finding, post: ActingPost, at: datetime) -> filing.NewReport:
    place = finding.where.place
    alerts = danger_words.scan(finding.text)
    withheld = alerts.wrongdoing and finding.wrongdoing != "no"
    heard = [] if withheld else list(dict.fromkeys(h.key for h in alerts.hits))
    return filing.NewReport(
        text=finding.text, at=at, channel="door", area_id=place.area.pk,
        kind=report_kinds.DEFAULT, urgency=urgency.urgency_of(finding.text, alerts).level,
        compound_id=place.compound.pk if place.compound else None,
        building_id=place.building.pk if place.building else None,
        place_text=" ".join(p for p in (finding.where.typed, finding.place_text) if p),
        found_by=None if withheld else post, entered_by=post, withheld=withheld,
        confidential=withheld, on_spot="" if withheld else finding.done,
        suggestion={"alerts": heard} if heard else {},
    )  # fmt: skip


def _photos(finding: Finding) -> tuple[list[tuple[str, bytes]], tuple[str, ...]]:
    kept: list[tuple[str, bytes]] = []
    refused: list[str] = []
    for caption, raw in ((BEFORE, finding.before), (AFTER, finding.after)):
        kept_here, refused_here = _cleaned(caption, raw)
        kept += kept_here
        refused += refused_here
    return kept, tuple(refused)


def _cleaned(caption: str, raw: Sequence[bytes]) -> tuple[list[tuple[str, bytes]], list[str]]:
    kept: list[tuple[str, bytes]] = []
    refused: list[str] = []
    most = most_photos()
    for n, data in enumerate(raw[:most], start=1):
        try:
            kept.append((caption, clean_photo(data).data))
        except UnreadablePhoto as error:
            refused.append(f"{caption}第 {n} 张：{error}")
    if len(raw) > most:
        refused.append(f"{caption}最多 {most} 张，多出的没有保存")
    return kept, refused


def _parts(finding: Finding) -> list[tuple[str, str]]:
    key: bytes = settings.HUIYIN_SECRETS.blind_index_key
    photos = [receipts.fingerprint([("", d.hex())], key) for d in (*finding.before, *finding.after)]
    return [
        ("where", f"{finding.where.place.token} {finding.where.typed}"), ("text", finding.text),
        ("done", finding.done), ("place_text", finding.place_text),
        ("wrongdoing", finding.wrongdoing),
        *((f"photo{n}", mark) for n, mark in enumerate(photos)),
    ]  # fmt: skip
