"""/work/files/ID/: one permission-checked way to every file of a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from huiyin.base.models import Attachment
from huiyin.base.services import files
from huiyin.cases.tests.conftest import LOOKING, Browser
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def kept(subject: str, kind: str = "photo", media_type: str = "image/jpeg") -> Attachment:
    return files.keep(subject=subject, kind=kind, data=b"bytes", media_type=media_type,
                      extension="jpg", at=LOOKING)  # fmt: skip


def test_who_sees_the_case_sees_its_files_and_nobody_else(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress", area_id=cast.county.pk, compound_id=None)
    address = reverse("case_file", args=[kept(f"case:{case.pk}").pk])

    answer = browser(cast.handler).get(address)

    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"bytes")  # type: ignore[attr-defined]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert browser(cast.police_handler).get(address).status_code == 404
    assert browser(cast.other_handler).get(address).status_code == 404


def test_a_draft_is_its_owners(cast: Cast, browser: Browser) -> None:
    address = reverse("case_file", args=[kept(f"draft:{cast.handler.person_id}").pk])

    assert browser(cast.handler).get(address).status_code == 200
    assert browser(cast.desk).get(address).status_code == 404


def test_a_document_is_downloaded_not_opened(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")
    row = kept(f"case:{case.pk}", kind="document", media_type="application/pdf")

    answer = browser(cast.handler).get(reverse("case_file", args=[row.pk]))

    assert answer.headers["Content-Disposition"].startswith("attachment;")


def test_what_is_erased_or_of_something_else_is_not_there(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")
    erased, foreign = kept(f"case:{case.pk}"), kept("voice:1")
    files.erase(erased, at=LOOKING)

    client = browser(cast.handler)
    assert client.get(reverse("case_file", args=[erased.pk])).status_code == 404
    assert client.get(reverse("case_file", args=[foreign.pk])).status_code == 404
    assert client.get(reverse("case_file", args=[999999])).status_code == 404
