"""Files beside a subject: bytes in media under a random name, a row that says whose they are.

Nothing under MEDIA_ROOT is served as it lies there: a view looks at the row, asks whether this
person may see its subject, and answers with `opened`.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from huiyin.base.models import Attachment
from huiyin.base.rules.ranges import Unsatisfiable, part_of

_Response = TypeVar("_Response", bound=HttpResponseBase)


def keep(
    *,
    subject: str,
    kind: str,
    data: bytes,
    media_type: str,
    extension: str,
    at: datetime,
    caption: str = "",
    added_by_id: int | None = None,
    from_reporter: bool = False,
) -> Attachment:
    """Write the bytes to disk, flushed, then the row in the caller's transaction.

    `subject` as "case:12". The name says nothing about the content. When the transaction fails
    the caller gives what was written to `discard`.
    """
    name = secrets.token_hex(16)
    relative = f"{name[:2]}/{name}.{extension}"
    path = Path(settings.MEDIA_ROOT) / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_flushed(path, data)
    try:
        return Attachment.objects.create(
            subject=subject, kind=kind, path=relative, caption=caption[:80],
            media_type=media_type, size=len(data), sha256=hashlib.sha256(data).hexdigest(),
            added_at=at, added_by_id=added_by_id, from_reporter=from_reporter,
        )  # fmt: skip
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def discard(kept: Iterable[Attachment]) -> None:
    """Take back files whose rows were rolled back."""
    for attachment in kept:
        location(attachment).unlink(missing_ok=True)


def erase(attachment: Attachment, *, at: datetime) -> None:
    """The bytes go, the row stays and says when."""
    location(attachment).unlink(missing_ok=True)
    attachment.erased_at = at
    attachment.caption = ""
    attachment.save(update_fields=["erased_at", "caption"])


def location(attachment: Attachment) -> Path:
    """Where the bytes lie."""
    return Path(settings.MEDIA_ROOT) / attachment.path


def opened(attachment: Attachment) -> FileResponse:
    """The file as an answer that no cache keeps and no browser takes for a page of ours.

    Only after the view has asked whether this person may see it. FileNotFoundError when the bytes
    are gone.
    """
    return _guarded(
        FileResponse(
            location(attachment).open("rb"), content_type=attachment.media_type,
            filename=f"{attachment.kind}-{attachment.pk}{Path(attachment.path).suffix}",
        )
    )  # fmt: skip


def opened_part(attachment: Attachment, wanted: str) -> HttpResponseBase:
    """As `opened`, but only the part that the header Range asks for: players of sound need it.

    `wanted` = the header, "" for the whole.
    """
    try:
        part = part_of(wanted, attachment.size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{attachment.size}"})
    if part is None:
        whole = opened(attachment)
        whole["Accept-Ranges"] = "bytes"
        return whole
    first, last = part
    with location(attachment).open("rb") as file:
        file.seek(first)
        data = file.read(last - first + 1)
    answer = HttpResponse(data, status=206, content_type=attachment.media_type)
    answer["Content-Range"] = f"bytes {first}-{last}/{attachment.size}"
    answer["Accept-Ranges"] = "bytes"
    return _guarded(answer)


def _guarded(response: _Response) -> _Response:
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; media-src 'self'; sandbox"
    return response


def _write_flushed(path: Path, data: bytes) -> None:
    """To the disk, not only to the page cache: an acknowledged report keeps its photo (0600)."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
