"""Rows of a kept ledger: versions that chain, personal values that are closed, time that ends."""

from __future__ import annotations

from datetime import timedelta

import openpyxl
import pytest
from django.db import Error, connection, transaction

from huiyin.base.models import AuditRow
from huiyin.communities.models import DualRegistration, Liaison, ServiceRecord
from huiyin.communities.registers import DUAL_REGISTRATION, LIAISON, SERVICE
from huiyin.communities.tests.conftest import Desk
from huiyin.registers import selectors
from huiyin.registers.models import RowVersion
from huiyin.registers.selectors import Narrow
from huiyin.registers.services import exporting, keeping, verifying, writing
from huiyin.registers.services.exporting import ExportRefused, Order
from huiyin.registers.services.writing import RowRefused, Source
from tests.cast import DAY, Cast, at

MEMBER = {"member": "周党员", "phone": "13800001234", "community": "团结路社区",
          "registered_on": "2026-05-01", "kind": "安全巡查"}  # fmt: skip
SERVED = {"activity": "清理楼道", "day": "2026-09-01", "kind": "环境整治", "community": "团结路社区",
          "member": "周党员", "person_times": "1"}  # fmt: skip


def test_a_name_stands_nowhere_in_clear_and_is_shown_masked(desk: Desk) -> None:
    row = desk.enter(DUAL_REGISTRATION, **MEMBER).row

    with connection.cursor() as cursor:
        for table in ("communities_dual_registration", "registers_row_version"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            assert not [
                text for (text,) in cursor.fetchall() if "周党员" in text or "0001234" in text
            ]
    name, phone = DUAL_REGISTRATION.column("member"), DUAL_REGISTRATION.column("phone")
    assert exporting.cell_of(DUAL_REGISTRATION, row, name) == "周**"
    assert exporting.cell_of(DUAL_REGISTRATION, row, phone) == "138****1234"
    assert exporting.cell_of(DUAL_REGISTRATION, row, name, clear=True) == "周党员"


def test_who_served_is_counted_once_though_the_name_is_closed(desk: Desk) -> None:
    for n, who in enumerate(("周党员", "周党员", "吴党员")):
        desk.enter(SERVICE, **SERVED | {"activity": f"活动{n}", "member": who})

    rows = ServiceRecord.objects.all()
    assert rows.values("activity").distinct().count() == 3
    assert rows.values("member_index").distinct().count() == 2


def test_a_version_of_a_row_cannot_be_rewritten(desk: Desk) -> None:
    desk.enter(DUAL_REGISTRATION, **MEMBER)

    for change in (
        "UPDATE registers_row_version SET body = ''",
        "DELETE FROM registers_row_version",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_what_somebody_changes_behind_the_ledger_is_found(desk: Desk) -> None:
    row = desk.enter(LIAISON, who="王书记", level="处级领导包社区", community="团结路社区",
                     valid_from="2026-01-01").row  # fmt: skip
    assert verifying.verify(LIAISON) == []

    Liaison.objects.filter(pk=row.pk).update(who="李书记")

    assert "“包联人”与最近一版不符" in verifying.verify(LIAISON)[0]


def test_two_people_change_one_row_and_the_second_is_told(desk: Desk) -> None:
    row = desk.enter(SERVICE, **SERVED).row
    now = {c.name: writing.value_of(SERVICE, row, c) for c in SERVICE.columns}
    source = Source(desk.cast.clerk, DAY)
    writing.change(SERVICE, row.pk, now | {"home_unit": "甲局"}, area_id=row.area_id, version=1,
                   source=source)  # fmt: skip

    with pytest.raises(RowRefused, match="刚被别人改过"):
        writing.change(SERVICE, row.pk, now | {"home_unit": "乙局"}, area_id=row.area_id,
                       version=1, source=source)  # fmt: skip


def test_a_withdrawn_row_counts_no_more_and_may_be_entered_again(desk: Desk) -> None:
    row = desk.enter(SERVICE, **SERVED).row
    writing.withdraw(
        SERVICE, row.pk, reason="记错社区", version=1, source=Source(desk.cast.clerk, DAY)
    )

    assert not selectors.visible(SERVICE, [desk.cast.clerk], day=DAY.date()).exists()
    assert desk.enter(SERVICE, **SERVED).outcome == "new"
    assert [v.action for v in selectors.versions(SERVICE, row.pk)] == ["withdrawn", "entered"]


def test_what_was_known_then_can_be_asked_now(desk: Desk) -> None:
    row = desk.enter(LIAISON, who="王书记", level="处级领导包社区", community="团结路社区",
                     valid_from="2026-01-01", task="每月走访").row  # fmt: skip
    now = {c.name: writing.value_of(LIAISON, row, c) for c in LIAISON.columns}
    writing.change(LIAISON, row.pk, now | {"task": "每周走访"}, area_id=row.area_id, version=1,
                   source=Source(desk.cast.clerk, DAY + timedelta(days=3)))  # fmt: skip

    then = selectors.as_recorded(LIAISON, [row.pk], DAY + timedelta(days=1))[row.pk]
    assert then.values["task"] == "每月走访"
    assert selectors.as_recorded(LIAISON, [row.pk], DAY - timedelta(days=1)) == {}


def test_liaison_of_a_past_day_is_told_by_its_dates(desk: Desk) -> None:
    for who, first, last in (("旧书记", "2025-01-01", "2025-12-31"), ("新书记", "2026-01-01", "")):
        desk.enter(LIAISON, who=who, level="处级领导包社区", community="团结路社区", valid_from=first,
                   valid_to=last)  # fmt: skip

    rows = selectors.visible(LIAISON, [desk.cast.clerk], day=DAY.date())
    then = selectors.narrowed(LIAISON, rows, Narrow(as_of=at("2025-06-30 00:00").date()))
    assert [row.who for row in then] == ["旧书记"]


def test_sums_say_that_they_hold_approximate_figures(desk: Desk) -> None:
    desk.enter(SERVICE, **SERVED | {"person_times": "300余", "member": ""})
    desk.enter(SERVICE, **SERVED | {"activity": "打扫", "person_times": "20"})

    (total,) = selectors.sums(
        SERVICE, selectors.visible(SERVICE, [desk.cast.clerk], day=DAY.date())
    )

    assert total.words == "320 人次（含约数）"


def test_a_ledger_of_another_place_is_out_of_sight(desk: Desk, cast: Cast) -> None:
    desk.enter(SERVICE, **SERVED)

    assert selectors.visible(SERVICE, [cast.leader], day=DAY.date()).count() == 1
    assert selectors.visible(SERVICE, [cast.handler], day=DAY.date()).count() == 0


def test_an_internal_version_needs_a_use_and_leaves_a_trace(desk: Desk) -> None:
    desk.enter(DUAL_REGISTRATION, **MEMBER)
    rows = DualRegistration.objects.all()
    with pytest.raises(ExportRefused, match="请写明用途"):
        exporting.export(DUAL_REGISTRATION, rows, Order(exporting.INTERNAL, desk.cast.clerk, DAY))

    content = exporting.export(
        DUAL_REGISTRATION,
        rows,
        Order(exporting.INTERNAL, desk.cast.clerk, DAY, reason="季度末反馈原单位"),
    )

    path = desk.folder / "internal.xlsx"
    path.write_bytes(content)
    page = openpyxl.load_workbook(path).worksheets[0]
    cells = [str(v) for row in page.iter_rows(values_only=True) for v in row if v]
    assert "周党员" in cells
    assert any("季度末反馈原单位" in text for text in cells)
    audited = AuditRow.objects.get(action="exported")
    assert (audited.subject, audited.fields) == ("register:dual_registration", "姓名、电话")


def test_a_text_that_begins_like_a_formula_stays_a_text(desk: Desk) -> None:
    desk.enter(SERVICE, **SERVED | {"activity": "=1+1"})
    path = desk.folder / "out.xlsx"

    path.write_bytes(exporting.export(
        SERVICE, ServiceRecord.objects.all(), Order(exporting.ABOVE, desk.cast.clerk, DAY)
    ))  # fmt: skip

    cells = [cell for row in openpyxl.load_workbook(path).worksheets[0].iter_rows() for cell in row]
    assert [c.data_type for c in cells if c.value == "=1+1"] == ["s"]


def test_names_are_cleared_two_years_after_the_last_day_and_the_chain_stands(desk: Desk) -> None:
    row = desk.enter(DUAL_REGISTRATION, **MEMBER | {"left_on": "2026-06-30"}).row
    stays = desk.enter(
        DUAL_REGISTRATION, **MEMBER | {"member": "吴党员", "phone": "13800005678"}
    ).row

    assert keeping.clear_expired(at=at("2028-06-29 03:00")) == {}
    assert keeping.clear_expired(at=at("2028-07-02 03:00")) == {"dual_registration": 2}

    row = DualRegistration.objects.get(pk=row.pk)
    assert (row.member, row.phone, row.member_index, row.salts) == ("", "", "", {})
    assert verifying.verify(DUAL_REGISTRATION) == []
    assert RowVersion.objects.filter(row=row.pk, action="erased").count() == 2
    assert DualRegistration.objects.get(pk=stays.pk).member != ""
