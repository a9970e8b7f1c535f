"""The columns of real files are found without a mapping. Skips where the real data is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huiyin.base.rules.dates import parse_moment
from huiyin.documents.rules.headers import find_header, normal_heading
from huiyin.documents.rules.report_columns import REPORT_FIELDS
from huiyin.documents.rules.sheets import FieldSpec, read_table

REPOSITORY = Path(__file__).resolve().parents[4]
REAL_DATA = Path(os.environ.get("HUIYIN_REAL_DATA", REPOSITORY.parent / "shared" / "data"))
needs_real_data = pytest.mark.skipif(
    not REAL_DATA.is_dir(), reason="real data is absent (set HUIYIN_REAL_DATA to its folder)"
)

MESSAGE_COLUMNS = {
    "number": "留言编号",
    "reporter": "留言用户",
    "title": "留言主题",
    "at": "留言时间",
    "text": "留言详情",
}


def columns_of(*headings: str) -> dict[str, str]:
    header = find_header([headings], REPORT_FIELDS)
    return {field: headings[column] for field, column in header.columns.items()}


def test_no_name_belongs_to_two_fields() -> None:
    owners: dict[str, set[str]] = {}
    for field in REPORT_FIELDS:
        for name in field.names:
            owners.setdefault(normal_heading(name), set()).add(field.name)

    assert {name: fields for name, fields in owners.items() if len(fields) > 1} == {}


def test_a_hotline_export_is_understood() -> None:
    assert columns_of(
        *("序号", "工单编号", "来电时间", "来电人", "来电号码", "事发地址", "诉求内容"),
        *("承办单位", "办理结果", "办结时间", "是否满意", "回访时间"),
    ) == {
        "row_label": "序号",
        "number": "工单编号",
        "at": "来电时间",
        "reporter": "来电人",
        "phone": "来电号码",
        "place": "事发地址",
        "text": "诉求内容",
        "unit": "承办单位",
        "reply": "办理结果",
        "closed_at": "办结时间",
        "satisfaction": "是否满意",
        "called_back_at": "回访时间",
    }


def test_our_own_ledger_is_understood() -> None:
    """practice §1.7."""
    found = columns_of(
        *("编号", "来源", "受理时间", "诉求人", "联系方式", "是否保密", "地址", "类别", "紧急度"),
        *("内容", "首接单位", "协办", "派出时间", "签收时间", "首次联系时间", "时限", "答复时间"),
    )

    assert set(found) == {
        *("number", "channel", "at", "reporter", "phone", "confidential", "place", "category"),
        *("urgency", "text", "unit", "dispatched_at", "accepted_at", "first_contact_at"),
        *("due_at", "replied_at"),
    }


def test_a_running_number_is_never_the_number_of_a_report() -> None:
    assert "number" not in columns_of("序号", "时间", "内容")


@needs_real_data
def test_the_columns_of_the_real_messages_are_found() -> None:
    with read_table(REAL_DATA / "messages" / "messages.xlsx", REPORT_FIELDS) as table:
        rows = list(table.rows)

    assert table.columns == MESSAGE_COLUMNS | {"votes_up": "点赞数", "votes_down": "反对数"}
    assert (table.missing, table.unknown, len(rows)) == ((), (), 3000)
    assert all(parse_moment(row.values["at"]).year in range(2017, 2021) for row in rows)


@needs_real_data
def test_the_columns_of_the_real_answers_are_found() -> None:
    with read_table(REAL_DATA / "messages" / "replied.xlsx", REPORT_FIELDS) as table:
        rows = list(table.rows)

    assert table.columns == MESSAGE_COLUMNS | {"reply": "答复意见", "replied_at": "答复时间"}
    assert len(rows) == 1900
    assert all(parse_moment(row.values["replied_at"]) for row in rows)


@needs_real_data
def test_a_real_finance_form_in_xls_is_read_as_et_too(tmp_path: Path) -> None:
    form = REAL_DATA / "forms" / "专项支出用款申请书.xls"
    path = tmp_path / "表.et"
    path.write_bytes(form.read_bytes())
    fields = (
        FieldSpec("row_label", "序号"),
        FieldSpec("code", "预算科目编码"),
        FieldSpec("project", "项目名称"),
        FieldSpec("account", "银行账号"),
        FieldSpec("asked", "申请金额"),
    )

    with read_table(path, fields) as table:
        assert table.header_row == 5
        assert table.columns == {
            "row_label": "序号",
            "code": "预算科目/编码",
            "project": "项目名称",
            "account": "收款人/银行账号",
            "asked": "申请金额",
        }
        assert "专项支出用款申请书" in table.title
