"""A published figure stays as it was printed; what changed behind it stands beside it."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.base.models import AuditRow
from huiyin.indicators import registry
from huiyin.indicators.models import Correction, Snapshot
from huiyin.indicators.rules import corrections as rules
from huiyin.indicators.rules import periods
from huiyin.indicators.services import publishing
from huiyin.indicators.tests.conftest import Browser
from huiyin.registers import registry as ledgers
from huiyin.registers.services import keeping, writing
from huiyin.registers.services.writing import Source
from tests.cast import DAY, Cast, at

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())
SEPTEMBER = {"place": "530681000000", "period": "2026-09"}


def _service(cast: Cast, member: str, times: int = 1, day: str = "2026-09-12") -> Any:
    """One row of 下沉服务."""
    from huiyin.org.models import Area
    from huiyin.registers.services.reading import Reader

    register = ledgers.get("service")
    reader = Reader(register, Area.objects.get(pk=cast.clerk.area_id), DAY.date())
    values, area_id, problems = reader.row({
        "activity": "清理楼道", "day": day, "kind": "environment", "member": member,
        "person_times": str(times), "community": cast.community.name,
    })  # fmt: skip
    assert not problems
    assert area_id is not None
    return writing.write(register, values, area_id=area_id, source=Source(cast.clerk, DAY)).row


def _publish(cast: Cast, code: str, by: str = "") -> Snapshot:
    indicator = registry.get(code)
    return publishing.publish(
        indicator, area=cast.county, unit=None, period=periods.parse("2026-09"),
        by=indicator.cut(by), purpose="9 月工作简报", post=cast.leader, at=DAY,
    )  # fmt: skip


def test_a_figure_keeps_value_definition_rows_and_hash(cast: Cast) -> None:
    rows = [_service(cast, "周党员", 2).pk, _service(cast, "吴党员", 3).pk]

    kept = _publish(cast, "service_person_times")

    assert (kept.value, kept.printed, kept.n, kept.measure) == (Decimal(5), "5", 2, "人次")
    assert kept.ids == rows
    assert kept.digest == rules.digest_of(rows)[0]
    assert (kept.version, kept.as_of.isoformat(), kept.recorded_until) == (1, "2026-09-30", DAY)
    assert publishing.compare(kept).state == rules.SAME


def test_what_was_published_cannot_be_changed(cast: Cast) -> None:
    _service(cast, "周党员")
    kept = _publish(cast, "service_times")

    with pytest.raises(DatabaseError, match="permission denied|只增不改"), transaction.atomic():
        Snapshot.objects.filter(pk=kept.pk).update(printed="9")


def test_a_late_row_is_a_correction_with_the_row_and_the_time(cast: Cast) -> None:
    _service(cast, "周党员", 2)
    kept = _publish(cast, "service_person_times")
    late = _service(cast, "吴党员", 3)

    found = publishing.check(kept, at=DAY + timedelta(days=3))

    assert (found.state, found.added, found.removed) == (rules.CHANGED, (late.pk,), ())
    note = Correction.objects.get()
    assert (note.value, note.printed, note.n_added, note.found_at) == (
        Decimal(5), "5", 1, DAY + timedelta(days=3),
    )  # fmt: skip


def test_each_new_state_is_noted_once(cast: Cast) -> None:
    _service(cast, "周党员")
    kept = _publish(cast, "service_times")
    late = _service(cast, "吴党员", day="2026-09-13")

    for n in (1, 2):
        publishing.check_all(at=DAY + timedelta(days=n))
    writing.withdraw(ledgers.get("service"), late.pk, reason="记错了", version=1,
                     source=Source(cast.clerk, DAY + timedelta(days=3)))  # fmt: skip
    publishing.check_all(at=DAY + timedelta(days=4))

    assert [(c.state, c.found_at - DAY) for c in kept.corrections.order_by("pk")] == [
        (rules.CHANGED, timedelta(days=1)), (rules.SAME, timedelta(days=4)),
    ]  # fmt: skip


def test_names_that_were_cleared_correct_nothing(cast: Cast) -> None:
    _service(cast, "周党员")
    _service(cast, "吴党员")
    kept = _publish(cast, "service_members")

    keeping.clear_expired(at=DAY + timedelta(days=1000))
    found = publishing.compare(kept)

    assert (found.state, found.erased, found.now.value.value if found.now else None) == (
        rules.ERASED, 2, Decimal(0),
    )  # fmt: skip


def test_a_changed_definition_is_said(cast: Cast) -> None:
    assert rules.state_of(
        versions=(1, 2), values=(Decimal(1), Decimal(2)), digests=("a", "b"), erased=0
    ) == rules.REDEFINED  # fmt: skip


def test_of_many_rows_only_the_hash_is_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "KEPT_IDS", 1)
    _service(cast, "周党员")
    _service(cast, "吴党员")
    kept = _publish(cast, "service_person_times")
    assert (kept.ids, kept.n) == (None, 2)
    _service(cast, "郑党员")

    found = publishing.compare(kept)

    assert (found.state, found.added, found.removed) == (rules.CHANGED, None, None)


def test_a_person_fixes_a_number_and_sees_it_on_the_list(cast: Cast, browser: Browser) -> None:
    cast.report(kind="complaint", at=at("2026-09-20 10:00"))
    leader = browser(cast.leader)
    address = "/data/reports_received/publish/?place=530681000000&period=2026-09&by=kind:complaint"

    empty = leader.post(address, {"purpose": ""})
    done = leader.post(address, {"purpose": "9 月工作简报"})
    kept = Snapshot.objects.get()
    page = leader.get(done.headers["Location"]).content.decode()

    assert "请写明这个数用在哪里" in empty.content.decode()
    assert (kept.dimension_word, kept.printed, kept.person_id) == (
        "投诉",
        "1",
        cast.leader.person_id,
    )
    assert "9 月工作简报" in page
    assert "与发布时一致" in page
    assert "（投诉）" in leader.get("/data/published/").content.decode()
    assert AuditRow.objects.filter(action="published").count() == 1


def test_the_page_of_the_number_says_what_was_printed_and_what_it_is_now(
    cast: Cast, browser: Browser
) -> None:
    cast.report(at=at("2026-09-20 10:00"))
    kept = _publish(cast, "reports_received")
    cast.report(at=at("2026-09-21 10:00"))
    leader = browser(cast.leader)

    number = leader.get("/data/reports_received/", SEPTEMBER).content.decode()
    leader.post(f"/data/published/{kept.pk}/check/")
    note = leader.get(f"/data/published/{kept.pk}/").content.decode()

    assert "现在是 2" in number
    assert "印出的是 1 件，现在是 2 件" in note
    assert "后来计入的" in note
    assert "核对发现：有更正" in note


def test_a_figure_of_a_number_that_one_may_not_see_is_not_there(
    cast: Cast, browser: Browser
) -> None:
    _service(cast, "周党员")
    kept = _publish(cast, "service_times")

    assert browser(cast.supervisor).get(f"/data/published/{kept.pk}/").status_code == 404
    assert browser(cast.leader).get(f"/data/published/{kept.pk}/").status_code == 200
    assert browser(cast.supervisor).post("/data/reports_received/publish/").status_code == 403


def test_the_list_asks_as_often_as_recorded_however_long_it_is(
    cast: Cast, browser: Browser
) -> None:
    leader = browser(cast.leader)
    _service(cast, "周党员")
    asked = []
    for many in (1, 20):
        for _ in range(many):
            _publish(cast, "service_times")
        asked.append(_queries(leader))

    assert asked == [COUNTS["snapshot_list"]] * 2


def _queries(client: Client) -> int:
    client.get("/data/published/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/data/published/").status_code == 200
    return len(queries)
