"""Files of an act: cleaned, kept as drafts, bound by the act that brings them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from huiyin.base.models import Attachment
from huiyin.cases.services import attaching
from huiyin.cases.services.attaching import UnreadableFile, Upload
from huiyin.cases.services.steps import ActionRefused
from tests.cast import DAY, Cast


@pytest.fixture(autouse=True)
def _media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def photo_with_place() -> bytes:
    """A JPEG whose EXIF names a place."""
    image, out = Image.new("RGB", (40, 30), "green"), io.BytesIO()
    exif = image.getexif()
    exif[0x010E] = "lat 28.63 lng 104.41"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_an_act_binds_its_files_and_says_their_digest(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    (draft,) = attaching.keep_drafts(
        [Upload("前后对比.jpg", photo_with_place())], person_id=cast.handler.person_id, at=DAY
    )

    case = cast.act(case, "record_step", cast.handler, note="已换管", files=[draft.pk])

    kept = Attachment.objects.get(pk=draft.pk)
    assert kept.subject == f"case:{case.pk}"
    assert kept.caption == "前后对比.jpg"
    event = case.events.get(action="step_recorded")
    assert event.data["files"] == [{"id": kept.pk, "sha256": kept.sha256}]


def test_a_photo_is_kept_without_its_place(cast: Cast, tmp_path: Path) -> None:
    (draft,) = attaching.keep_drafts(
        [Upload("a.jpg", photo_with_place())], person_id=cast.handler.person_id, at=DAY
    )

    data = (tmp_path / draft.path).read_bytes()
    assert b"lat 28.63" not in data
    assert dict(Image.open(io.BytesIO(data)).getexif()) == {}


def test_a_refused_act_leaves_the_files_as_drafts(cast: Cast) -> None:
    case = cast.case_at("awaiting_review")
    (draft,) = attaching.keep_drafts(
        [Upload("a.jpg", photo_with_place())], person_id=cast.handler.person_id, at=DAY
    )

    with pytest.raises(ActionRefused, match="不能记录办理过程"):
        cast.act(case, "record_step", cast.handler, note="已换管", files=[draft.pk])

    assert attaching.drafts([draft.pk], person_id=cast.handler.person_id) == [draft]


def test_nobody_binds_the_drafts_of_another(cast: Cast) -> None:
    case = cast.case_at("in_progress")
    (draft,) = attaching.keep_drafts(
        [Upload("a.jpg", photo_with_place())], person_id=cast.police_handler.person_id, at=DAY
    )

    case = cast.act(case, "record_step", cast.handler, note="已换管", files=[draft.pk])

    assert case.events.get(action="step_recorded").data["files"] == []
    assert Attachment.objects.get(pk=draft.pk).subject.startswith("draft:")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("报告.pdf", b"<html>", "与扩展名不符"),
        ("run.exe", b"MZ", "不能上传：只收照片"),
        ("照片.jpg", b"no photo", "不是能打开的照片"),
    ],
)
def test_what_cannot_be_kept_is_named_with_what_to_do(
    cast: Cast, name: str, data: bytes, message: str
) -> None:
    with pytest.raises(UnreadableFile, match=message) as error:
        attaching.keep_drafts([Upload(name, data)], person_id=1, at=DAY)

    assert name in str(error.value)
    assert not Attachment.objects.exists()
