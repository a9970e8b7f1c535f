"""Papers kept as they stood, and the stamped scan that hangs on them with its 文号."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.base.models import Attachment
from huiyin.base.services import files
from huiyin.documents.rules.official import Block, Heading, Paper, Paragraph, Sheet
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork import registry
from huiyin.paperwork.models import KeptPaper
from huiyin.paperwork.registry import PaperKind, Wanted

#: First bytes of what a scanner gives → (media type, ending).
SCANS = {b"%PDF": ("application/pdf", "pdf"), b"\xff\xd8\xff": ("image/jpeg", "jpg"),
         b"\x89PNG": ("image/png", "png")}  # fmt: skip
MOST_BYTES = 20_000_000
SCAN = "scan"
_BLOCKS: dict[str, type[Heading] | type[Paragraph] | type[Sheet]] = {
    "heading": Heading, "paragraph": Paragraph, "sheet": Sheet,
}  # fmt: skip


class ScanRefused(ValueError):
    """Why a scan cannot hang on this paper. The message is for the screen."""


def keep(kind: PaperKind, paper: Paper, wanted: Wanted, *, by: ActingPost) -> KeptPaper:
    """Keep the paper as data, under the digest of what it says; the same paper again is the same row."""
    body = _as_data(paper)
    digest = hashlib.sha256(
        json.dumps(body, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
    same = KeptPaper.objects.filter(
        kind=kind.code, area=wanted.area, unit=wanted.unit, sha256=digest
    ).first()
    if same is not None:
        return same
    return KeptPaper.objects.create(
        kind=kind.code, title=paper.title[:200], area=wanted.area, unit=wanted.unit,
        period=wanted.period.code, body=body, sha256=digest, kept_at=wanted.at,
        kept_by_id=by.person_id,
    )  # fmt: skip


def visible(posts: Sequence[ActingPost]) -> QuerySet[KeptPaper]:
    """Kept papers of the kinds and areas of these posts, newest first."""
    mine = Q(pk__in=[])
    for post in posts:
        kinds = [kind.code for kind in registry.all_kinds() if post.may(kind.grant)]
        path = Area.objects.values_list("path", flat=True).get(pk=post.area_id)
        mine |= Q(kind__in=kinds, area__path__startswith=path)
    rows = KeptPaper.objects.filter(mine)
    return rows.select_related("area", "unit", "kept_by").order_by("-kept_at", "-pk")


def paper_of(kept: KeptPaper) -> Paper:
    """The paper again, figures as they were."""
    body = dict(kept.body)
    blocks = [_block(each) for each in body.pop("blocks")]
    on = date.fromisoformat(body.pop("on")) if body.get("on") else None
    return Paper(**{**body, "blocks": blocks, "on": on})


def scan_of(kept: KeptPaper) -> Attachment | None:
    """The scan, once there is one."""
    return Attachment.objects.filter(subject=kept.subject, kind=SCAN).first()


def hang(
    kept: KeptPaper, data: bytes, *, number: str, issued_on: date, by: ActingPost, at: datetime
) -> KeptPaper:
    """Hang the stamped scan with its 文号 and date on the paper: once. ScanRefused."""
    found = next((kind for head, kind in SCANS.items() if data.startswith(head)), None)
    if found is None:
        raise ScanRefused("只收扫描件：PDF、JPG 或 PNG")
    if len(data) > MOST_BYTES:
        raise ScanRefused(f"扫描件超过 {MOST_BYTES // 1_000_000} MB，请降低分辨率再扫")
    with transaction.atomic():
        row = KeptPaper.objects.select_for_update().get(pk=kept.pk)
        if row.hung_at is not None:
            raise ScanRefused(f"这份稿子已经挂了扫描件（{row.number}），不能再换")
        media_type, extension = found
        attachment = files.keep(
            subject=row.subject, kind=SCAN, data=data, media_type=media_type, extension=extension,
            at=at, caption=number.strip(), added_by_id=by.person_id,
        )  # fmt: skip
        try:
            row.number, row.issued_on, row.hung_at = number.strip()[:60], issued_on, at
            row.save(update_fields=["number", "issued_on", "hung_at"])
        except BaseException:
            files.discard([attachment])
            raise
    return row


def _as_data(paper: Paper) -> dict[str, Any]:
    data = {**asdict(paper), "on": paper.on.isoformat() if paper.on else ""}
    data["blocks"] = [_block_data(block) for block in paper.blocks]
    data["attachments"] = list(paper.attachments)
    return data


def _block_data(block: Block) -> dict[str, Any]:
    name = next(name for name, kind in _BLOCKS.items() if isinstance(block, kind))
    data = asdict(block)
    if isinstance(block, Sheet):
        data |= {"head": list(block.head), "rows": [list(row) for row in block.rows],
                 "numbers": list(block.numbers)}  # fmt: skip
    return {"block": name, **data}


def _block(data: dict[str, Any]) -> Block:
    data = dict(data)
    return _BLOCKS[data.pop("block")](**data)
