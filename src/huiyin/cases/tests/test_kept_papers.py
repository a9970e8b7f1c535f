"""Papers that are kept: figures stay what they were, the stamped scan hangs on them once."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from huiyin import paperwork
from huiyin.base import clock
from huiyin.org.models import Account
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import KeptPaper
from tests.cast import DAY, Cast

KEEP = "/work/papers/keep/?kind=month_report&period=2026-09"
SCAN = b"%PDF-1.7 scanned"


@pytest.fixture(autouse=True)
def _at_month_end(monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: object) -> None:
    monkeypatch.setattr(clock, "now", lambda: DAY + timedelta(days=3))
    monkeypatch.setattr(clock, "today", lambda: (DAY + timedelta(days=3)).date())
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def browser(post: ActingPost) -> Client:
    account, _ = Account.objects.get_or_create(
        person_id=post.person_id, defaults={"username": f"p{post.person_id}"}
    )
    client = Client()
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    return client


def kept_by(client: Client) -> KeptPaper:
    client.post(KEEP)
    return KeptPaper.objects.latest("pk")


def upload(client: Client, kept: KeptPaper, data: bytes = SCAN, **more: str) -> object:
    given = {"number": "水诉办〔2026〕3号", "issued_on": "2026-10-09", **more}
    return client.post(f"/work/papers/kept/{kept.pk}/",
                       given | {"scan": SimpleUploadedFile("扫描.pdf", data)})  # fmt: skip


def test_a_kept_paper_keeps_its_figures(cast: Cast) -> None:
    cast.report("水管漏水")
    client = browser(cast.leader)
    kept = kept_by(client)
    cast.report("路灯不亮")

    page = client.get(f"/work/papers/kept/{kept.pk}/").content.decode()
    word = Document(BytesIO(client.get(f"/work/papers/kept/{kept.pk}/?as=docx").content))

    assert "诉求受理1件" in page
    assert any("诉求受理1件" in p.text for p in word.paragraphs)
    assert "诉求受理2件" in client.get("/work/papers/?period=2026-09").content.decode()


def test_the_same_paper_is_kept_once_and_a_changed_one_anew(cast: Cast) -> None:
    client = browser(cast.leader)
    first, again = kept_by(client), kept_by(client)
    cast.report("水管漏水")

    assert first.pk == again.pk
    assert kept_by(client).pk != first.pk


def test_the_stamped_scan_hangs_on_it_once(cast: Cast) -> None:
    client = browser(cast.leader)
    kept = kept_by(client)

    upload(client, kept)
    page = client.get(f"/work/papers/kept/{kept.pk}/").content.decode()
    scan = client.get(f"/work/papers/kept/{kept.pk}/scan/")
    second = upload(client, kept, number="水诉办〔2026〕4号")

    assert "已印发：水诉办〔2026〕3号" in page
    assert b"".join(scan.streaming_content) == SCAN  # type: ignore[attr-defined]
    assert "不能再换" in second.content.decode()  # type: ignore[attr-defined]
    kept.refresh_from_db()
    assert kept.number == "水诉办〔2026〕3号"


def test_what_is_no_scan_is_refused_and_nothing_typed_is_lost(cast: Cast) -> None:
    client = browser(cast.leader)
    kept = kept_by(client)

    page = upload(client, kept, b"PK\x03\x04 a workbook").content.decode()  # type: ignore[attr-defined]

    assert "只收扫描件" in page
    assert "水诉办〔2026〕3号" in page
    kept.refresh_from_db()
    assert kept.hung_at is None


def test_who_may_not_draft_it_sees_neither_paper_nor_scan(cast: Cast) -> None:
    kept = kept_by(browser(cast.leader))
    upload(browser(cast.leader), kept)

    for post in (cast.handler, cast.clerk):
        client = browser(post)
        assert client.get(f"/work/papers/kept/{kept.pk}/").status_code == 404
        assert client.get(f"/work/papers/kept/{kept.pk}/scan/").status_code == 404
        assert client.get("/work/papers/kept/").status_code == 403


def test_the_list_asks_no_more_for_many(cast: Cast) -> None:
    client = browser(cast.leader)
    counts = json.loads(
        (Path(paperwork.__file__).parent / "tests" / "query_counts.json").read_text()
    )

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/work/papers/kept/")
        return len(queries)

    kept_by(client)
    asked()
    few = asked()
    for n in range(5):
        cast.report(f"{n} 栋漏水")
        kept_by(client)
    assert asked() == few
    assert few == counts["kept_papers"]
