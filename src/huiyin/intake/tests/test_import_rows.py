"""A row of a file, understood or refused with a reason."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from huiyin.base.rules.workdays import SHANGHAI
from huiyin.documents.rules.cells import Value
from huiyin.intake.rules.import_rows import (
    ABOUT_OFFICIALS,
    Ending,
    ReportRow,
    RowRefused,
    understand,
)

NOW = datetime(2026, 9, 30, 9, 0, tzinfo=SHANGHAI)
COLUMNS = {
    "number": "工单编号", "title": "标题", "text": "反映内容", "at": "来电时间", "reply": "办理结果",
    "replied_at": "回复时间", "closed_at": "办结时间", "confidential": "是否保密", "status": "状态",
}  # fmt: skip


def row(
    problems: tuple[str, ...] = (), columns: dict[str, str] = COLUMNS, **cells: Value
) -> ReportRow:
    values: dict[str, Value] = {"text": "三栋水管漏水", "at": "2026-09-01 10:00"}
    return understand(values | cells, problems, headings=columns, year=None, now=NOW)


def test_a_plain_row_is_a_request_for_help() -> None:
    read = row(number="2026-0001", reporter="甲居民", phone="138 0000 1234")

    assert (read.number, read.kind, read.reporter) == ("2026-0001", "help", "甲居民")
    assert read.phones == ("13800001234",)
    assert read.at == datetime(2026, 9, 1, 10, 0, tzinfo=SHANGHAI)
    assert (read.confidential, read.ending, read.remarks) == (False, None, ())


@pytest.mark.parametrize(("cells", "reason"), [
    ({"text": ""}, "“反映内容”是空的，请补填后再导入"),
    ({"at": ""}, "“来电时间”是空的，请补填后再导入"),
    ({"at": "昨天"}, "“来电时间”：看不懂的日期“昨天”：应填日期，如 2025-03-01 或 2025年3月1日"),
    ({"at": "2026-10-01"}, "“来电时间”2026年10月1日 00:00 还没有到，请核对"),
    ({"at": "1999-12-31"}, "“来电时间”1999年12月31日 00:00 早于 2000 年，请核对"),
    ({"reply": "已修好", "replied_at": "2026-08-31"},
     "“回复时间”2026年8月31日 00:00 早于“来电时间”2026年9月1日 10:00，请核对"),
    ({"reply": "已修好", "replied_at": "2026-12-31"}, "“回复时间”2026年12月31日 00:00 还没有到，请核对"),
])  # fmt: skip
def test_what_cannot_be_filed_is_refused_with_a_reason(
    cells: dict[str, Value], reason: str
) -> None:
    with pytest.raises(RowRefused) as refused:
        row(**cells)

    assert str(refused.value) == reason


def test_a_spoilt_number_refuses_the_row_a_spoilt_phone_does_not() -> None:
    with pytest.raises(RowRefused, match="编号：“5300000000000000000”是按数字存的"):
        row(problems=("编号：“5300000000000000000”是按数字存的",))

    assert row(problems=("联系电话：看不清",)).remarks == ("联系电话：看不清",)


def test_a_reply_with_its_time_is_a_closed_history() -> None:
    read = row(reply="已更换水管", replied_at=datetime(2026, 9, 3, 15, 0), unit="市住建局",
               satisfaction="基本满意")  # fmt: skip

    at = datetime(2026, 9, 3, 15, 0, tzinfo=SHANGHAI)
    assert read.ending == Ending("已更换水管", at, "市住建局", satisfied=True)


def test_a_reply_of_the_same_day_without_hour_is_not_before_the_report() -> None:
    read = row(reply="已更换水管", replied_at="2026.9.1")

    assert read.ending is not None
    assert read.ending.at == read.at


def test_a_reply_without_time_leaves_the_report_open_and_is_kept() -> None:
    read = row(reply="已更换水管")

    assert read.ending is None
    assert read.open_reply == "已更换水管"
    assert read.remarks == ("有答复但没有答复时间，按未办结登记，原答复记在摘要里",)


def test_a_closing_time_serves_where_the_reply_has_none() -> None:
    read = row(reply="已更换水管", closed_at=date(2026, 9, 5))

    assert read.ending is not None
    assert read.ending.at == datetime(2026, 9, 5, tzinfo=SHANGHAI)


def test_what_is_still_under_way_is_not_closed_by_a_time() -> None:
    read = row(reply="已转住建局", replied_at="2026-09-02", status="办理中")

    assert read.ending is None
    assert read.remarks == ("状态为“办理中”，按未办结登记",)


@pytest.mark.parametrize(("said", "satisfied"), [
    ("满意", True), ("非常满意", True), ("基本满意", True), ("不满意", False), ("未评价", None), ("", None),
])  # fmt: skip
def test_satisfaction_is_read_and_never_guessed(said: str, satisfied: bool | None) -> None:
    read = row(reply="已更换", replied_at="2026-09-03", satisfaction=said)

    assert read.ending is not None
    assert read.ending.satisfied is satisfied


@pytest.mark.parametrize(("heading", "said", "closed"), [
    ("是否保密", "是", True), ("是否保密", "否", False), ("是否保密", "", False),
    ("保密", "√", True), ("是否匿名", "匿名", True), ("是否公开", "是", False), ("是否公开", "否", True),
])  # fmt: skip
def test_confidential_is_read_by_the_name_of_its_column(
    heading: str, said: str, closed: bool
) -> None:
    assert (
        row(columns=COLUMNS | {"confidential": heading}, confidential=said).confidential is closed
    )


def test_an_accusation_is_always_confidential() -> None:
    read = row(title="举报违规装修")

    assert (read.kind, read.confidential) == ("accusation", True)


def test_what_accuses_an_official_is_confidential_and_said_so() -> None:
    read = row(text="镇上某局长收受贿赂，请上级查处。")

    assert read.confidential
    assert read.remarks == (ABOUT_OFFICIALS,)


@pytest.mark.parametrize(("phone", "phones", "remarks"), [
    ("13800001234、0870-2123456", ("13800001234", "08702123456"), ()),
    ("同上", ("同上",), ("电话看不懂，已原样加密保存，不能按电话查到",)),
    ("", (), ()),
])  # fmt: skip
def test_phones_are_read_or_kept_as_written(
    phone: str, phones: tuple[str, ...], remarks: tuple[str, ...]
) -> None:
    read = row(phone=phone)

    assert read.phones == phones
    assert read.remarks == remarks


def test_long_texts_are_kept_whole() -> None:
    assert len(row(text="水" * 6000).text) == 6000


def test_a_title_longer_than_a_title_stands_at_the_head_of_the_text() -> None:
    title = "关于" + "某路" * 20 + "的反映"

    assert row(title=title, text="请修").text == f"{title}\n请修"
    assert row(title=title, text="").text == title
    assert row(title="短标题", text="请修").text == "请修"


def test_characters_that_no_database_takes_are_left_out() -> None:
    assert row(text="水管\x00漏\x07水\r\n谢谢").text == "水管漏水\n谢谢"


@pytest.mark.parametrize(("said", "number"), [
    (" ２０２６－１ ", "2026-1"), ("无", ""), ("—", ""), ("", ""),
])  # fmt: skip
def test_a_number_is_what_names_the_row(said: str, number: str) -> None:
    assert row(number=said).number == number
