"""Files that staff add to a case: cleaned, kept as a draft of the person, bound by the act.

A refused act loses nothing: the files stay drafts and are offered again with the same form. What an
act binds is written into its event with the file's SHA-256, so that a changed file is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.base.models import Attachment
from huiyin.base.rules.images import UnreadablePhoto, clean_photo
from huiyin.base.selectors import local_number
from huiyin.base.services import files
from huiyin.cases.models import Case
from huiyin.cases.rules.local_limits import MEGABYTES, MOST_FILES

#: First bytes → (media type by extension). Office files are zip or OLE containers.
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-"
DOCUMENTS = {
    "pdf": (_PDF, "application/pdf"),
    "docx": (_ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (_ZIP, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": (_ZIP, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "doc": (_OLE, "application/msword"),
    "xls": (_OLE, "application/vnd.ms-excel"),
    "wps": (_OLE, "application/vnd.ms-works"),
    "et": (_OLE, "application/vnd.ms-excel"),
}
ACCEPTED = "照片（JPG、PNG）、PDF、Word、Excel、WPS"


class UnreadableFile(ValueError):
    """Not a file that can be kept. The message is Chinese, names the file and says what to do."""


@dataclass(frozen=True)
class Upload:
    """A file as the browser sent it."""

    name: str
    data: bytes


def keep_drafts(uploads: Sequence[Upload], *, person_id: int, at: datetime) -> list[Attachment]:
    """Clean and keep the files as drafts of that person. Raises UnreadableFile; then none is kept."""
    cleaned = [(upload, *_cleaned(upload)) for upload in uploads]
    return [
        files.keep(
            subject=draft_subject(person_id), kind=kind, data=data, media_type=media_type,
            extension=extension, at=at, caption=_caption(upload.name), added_by_id=person_id,
        )
        for upload, kind, data, media_type, extension in cleaned
    ]  # fmt: skip


def most_files() -> int:
    """How many files one act takes: 本地参数."""
    return local_number(MOST_FILES)


def drafts(ids: Iterable[int], *, person_id: int) -> list[Attachment]:
    """Those of the ids that are this person's own drafts, in order of keeping."""
    return list(
        Attachment.objects.filter(
            pk__in=list(ids), subject=draft_subject(person_id), erased_at__isnull=True
        ).order_by("id")
    )


def bind(case: Case, ids: Iterable[int], *, person_id: int | None) -> list[dict[str, Any]]:
    """Make drafts of that person (or files that are the case's already) part of it.

    In the transaction of the act. Returns what its event says: id and SHA-256 of each.
    """
    subjects = [f"case:{case.pk}"]
    if person_id is not None:
        subjects.append(draft_subject(person_id))
    rows = list(Attachment.objects.filter(pk__in=list(ids), subject__in=subjects).order_by("id"))
    Attachment.objects.filter(pk__in=[r.pk for r in rows]).update(subject=f"case:{case.pk}")
    return [{"id": r.pk, "sha256": r.sha256} for r in rows]


def draft_subject(person_id: int) -> str:
    """Subject of files that no act has bound yet."""
    return f"draft:{person_id}"


def _caption(name: str) -> str:
    """The file's own name, without a path, as its caption."""
    return name.replace("\\", "/").rsplit("/", 1)[-1][:80]


def _cleaned(upload: Upload) -> tuple[str, bytes, str, str]:
    """(kind, bytes, media type, extension) of what may be kept."""
    extension = upload.name.rsplit(".", 1)[-1].lower() if "." in upload.name else ""
    name = _caption(upload.name)
    if extension in DOCUMENTS:
        magic, media_type = DOCUMENTS[extension]
        if not upload.data.startswith(magic):
            raise UnreadableFile(f"“{name}”的内容与扩展名不符，请另存后再选")
        most = local_number(MEGABYTES)
        if len(upload.data) > most * 1024 * 1024:
            raise UnreadableFile(f"“{name}”超过 {most} MB，请压缩或分开上传")
        return "document", upload.data, media_type, extension
    try:
        photo = clean_photo(upload.data)
    except UnreadablePhoto as error:
        if extension in ("jpg", "jpeg", "png", "webp", "gif", "bmp", "heic"):
            raise UnreadableFile(f"“{name}”：{error}") from None
        raise UnreadableFile(f"“{name}”不能上传：只收{ACCEPTED}") from None
    return "photo", photo.data, photo.media_type, photo.extension
