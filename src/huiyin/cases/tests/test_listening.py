"""A recording is heard by who writes it down or may see who reported, and the audit says who."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from huiyin.base.models import Attachment, AuditRow
from huiyin.base.services import files
from huiyin.cases.models import Case
from huiyin.cases.services import filing
from huiyin.cases.tests.conftest import LOOKING, Browser
from tests.cast import Cast

SOUND = bytes(range(100))


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def spoken(cast: Cast, status: str = "registered", choice: str = "direct", **more: Any) -> Case:
    contact = filing.Contact(name="甲居民", phone="13800001234", choice=choice)
    return cast.case_at(
        status, text="（语音，待听写）", channel="voice", contacts=(contact,), **more
    )


def recording(case: Case) -> Attachment:
    return files.keep(
        subject=f"case:{case.pk}", kind="voice", data=SOUND, media_type="audio/ogg",
        extension="ogg", at=LOOKING, from_reporter=True,
    )  # fmt: skip


def heard() -> list[tuple[str, str, int | None]]:
    rows = AuditRow.objects.filter(action="voice_heard").order_by("pk")
    return [(r.subject, r.fields, r.post_id) for r in rows]


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def test_the_desk_finds_the_player_beside_the_box(cast: Cast, browser: Browser) -> None:
    case = spoken(cast)
    sound = recording(case)

    page = browser(cast.desk).get(reverse("case_detail", args=[case.number])).content.decode()

    form = page.split('data-act="write_down"')[1].split("</form>")[0]
    assert f'src="{reverse("case_file", args=[sound.pk])}"' in form
    assert 'preload="none"' in form
    assert '<textarea name="text"' in form
    assert page.count("<audio") == 1


def test_a_player_gets_the_part_that_it_asks_for(cast: Cast, browser: Browser) -> None:
    address = reverse("case_file", args=[recording(spoken(cast)).pk])

    answer = browser(cast.desk).get(address, headers={"Range": "bytes=10-19"})

    assert (answer.status_code, body(answer)) == (206, SOUND[10:20])
    assert answer.headers["Content-Range"] == "bytes 10-19/100"
    assert answer.headers["Content-Type"] == "audio/ogg"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_whole_and_what_is_beyond_it(cast: Cast, browser: Browser) -> None:
    address, desk = reverse("case_file", args=[recording(spoken(cast)).pk]), browser(cast.desk)

    whole, beyond = desk.get(address), desk.get(address, headers={"Range": "bytes=100-"})

    assert (whole.status_code, body(whole)) == (200, SOUND)
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, "bytes */100")


def test_one_hearing_of_many_pieces_is_one_line_of_the_audit(cast: Cast, browser: Browser) -> None:
    case = spoken(cast)
    sound = recording(case)
    address, desk = reverse("case_file", args=[sound.pk]), browser(cast.desk)

    for piece in ("bytes=50-", "bytes=0-49", "bytes=50-99"):
        desk.get(address, headers={"Range": piece})
    browser(cast.dispatcher).get(address)

    line = (f"case:{case.number}", f"录音 {sound.pk}")
    assert heard() == [(*line, cast.desk.post_id), (*line, cast.dispatcher.post_id)]


def test_a_handler_hears_whom_it_may_call_itself(cast: Cast, browser: Browser) -> None:
    sound = recording(spoken(cast, "in_progress"))

    assert browser(cast.handler).get(reverse("case_file", args=[sound.pk])).status_code == 200
    assert len(heard()) == 1


def test_a_handler_does_not_hear_whom_only_the_hotline_may_call(
    cast: Cast, browser: Browser
) -> None:
    case = spoken(cast, "in_progress", choice="relay")
    sound = recording(case)
    handler = browser(cast.handler)

    page = handler.get(reverse("case_detail", args=[case.number])).content.decode()

    assert "<audio" not in page
    assert "有录音，由受理员收听、听写" in page
    assert handler.get(reverse("case_file", args=[sound.pk])).status_code == 404
    assert heard() == []


def test_who_looks_on_does_not_hear(cast: Cast, browser: Browser) -> None:
    sound = recording(spoken(cast))

    assert browser(cast.leader).get(reverse("case_file", args=[sound.pk])).status_code == 404
    assert heard() == []


def test_a_recording_beside_written_words_is_written_down_too(cast: Cast) -> None:
    case = cast.report("楼道灯不亮\n（语音，待听写）")
    recording(case)

    case = cast.act(case, "write_down", cast.desk, text="三单元的灯也不亮")

    assert case.title == "楼道灯不亮"
    words = case.words.filter(key="text").order_by("seq").values_list("text", flat=True)
    assert list(words) == ["楼道灯不亮\n（语音，待听写）", "三单元的灯也不亮"]


def test_what_was_written_down_stands_with_the_reporters_words(
    cast: Cast, browser: Browser
) -> None:
    case = spoken(cast)
    recording(case)
    cast.act(case, "write_down", cast.desk, text="我家楼上漏水")

    page = browser(cast.desk).get(reverse("case_detail", args=[case.number])).content.decode()

    assert "我家楼上漏水" in page.split("诉求人的话")[1].split("<h2>经过")[0]
    assert 'data-act="write_down"' not in page
