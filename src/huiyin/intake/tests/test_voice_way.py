"""A voice message all the way: recorded, filed, waiting, heard, written down, gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from huiyin.base.models import Attachment, AuditRow
from huiyin.base.services import files
from huiyin.cases.models import Case
from huiyin.cases.selectors.waiting import inbox
from huiyin.intake.services import forgetting
from huiyin.intake.tests.conftest import Phone
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast

SOUND = b"OggS" + bytes(100)


def said(phone: Phone) -> Case:
    return phone.report(text="", sound=SimpleUploadedFile("voice", SOUND))


def test_a_plain_file_field_records_without_javascript(phone: Phone) -> None:
    page = phone.page(f"/report/?place={phone.place}")

    field = page.split("data-recorder-file")[1].split("</div>")[0]
    assert 'type="file"' in field
    assert 'accept="audio/*"' in field
    assert "capture" in field
    assert "最长 60 秒" in page


def test_it_waits_in_the_inbox_of_the_desk(cast: Cast, phone: Phone) -> None:
    case = said(phone)

    rows = inbox([cast.desk], now=DAY).rows

    assert [(r.case.pk, r.waiting.code) for r in rows] == [(case.pk, "admit")]
    assert rows[0].case.title == "（语音，待听写）"


def test_heard_written_down_and_then_gone(
    cast: Cast,
    phone: Phone,
    signed_in: Callable[[ActingPost], Client],
    set_clock: Callable[[datetime], None],
) -> None:
    case, desk = said(phone), signed_in(cast.desk)
    sound = Attachment.objects.get(kind="voice")
    desk.get(reverse("case_file", args=[sound.pk]))
    done = desk.post(
        reverse("case_action", args=[case.number, "write_down"]), {"text": "三栋一单元停水了"}
    )
    assert done.status_code == 302

    early = forgetting.forget_sounds(at=DAY + timedelta(days=7))
    still_there = files.location(sound).exists()
    gone = forgetting.forget_sounds(at=DAY + timedelta(days=7, minutes=1))

    case.refresh_from_db()
    sound.refresh_from_db()
    assert case.title == "三栋一单元停水了"
    assert (early, still_there, gone) == (0, True, 1)
    assert sound.erased_at == DAY + timedelta(days=7, minutes=1)
    assert not files.location(sound).exists()
    assert desk.get(reverse("case_file", args=[sound.pk])).status_code == 404
    heard = AuditRow.objects.get(action="voice_heard")
    assert (heard.person_id, heard.subject) == (cast.desk.person_id, f"case:{case.number}")


def test_what_nobody_wrote_down_is_kept(phone: Phone) -> None:
    said(phone)

    assert forgetting.forget_sounds(at=DAY + timedelta(days=400)) == 0
    assert Attachment.objects.get(kind="voice").erased_at is None
