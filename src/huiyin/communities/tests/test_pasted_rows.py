"""Rows copied from WPS or Excel: the same checks and receipt as a file, nothing that was pasted is lost."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import openpyxl
import pytest

from huiyin.communities.models import ServiceRecord
from huiyin.communities.tests.conftest import Browser, Desk
from huiyin.registers.models import RowVersion
from huiyin.registers.services.pasting import MOST_ROWS
from tests.cast import Cast

PASTE = "/work/registers/service/paste/"
HEAD = "日期\t活动\t类别\t服务人\t人次\n"
ROWS = (
    "2026.9.1\t清理楼道\t环境整治\t周党员\t3\n"
    "2026年9月2日\t清理楼道\t环境整治\t周党员\t20户\n"
    "2026-09-03\t看望老人\t帮老助困\t李党员\t30余\n"
)


def test_a_paste_is_looked_at_before_anything_is_written(browser: Browser, cast: Cast) -> None:
    page = browser(cast.clerk).post(PASTE, {"text": HEAD + ROWS, "action": "look"})

    shown = page.content.decode()
    assert "看过 3 行：能登记 2 行" in shown
    assert "按“人次”计" in shown
    assert "登记这 2 行" in shown
    assert not ServiceRecord.objects.exists()


def test_good_rows_are_written_and_the_refused_one_stays_in_the_box(
    browser: Browser, cast: Cast
) -> None:
    page = browser(cast.clerk).post(PASTE, {"text": HEAD + ROWS, "action": "write"})

    assert ServiceRecord.objects.count() == 2
    assert set(RowVersion.objects.values_list("action", flat=True)) == {"entered"}
    left = page.context["form"].initial["text"]
    assert left == HEAD + "2026年9月2日\t清理楼道\t环境整治\t周党员\t20户\n"
    assert "新增 2，更新 0，相同 0，拒绝 1" in page.content.decode()


def test_the_receipt_names_every_row(browser: Browser, cast: Cast) -> None:
    page = browser(cast.clerk).post(PASTE, {"text": HEAD + ROWS, "action": "write"})

    found = re.search(r'href="data:[^;"]+;base64,([^"]+)"', page.content.decode())
    assert found
    book = openpyxl.load_workbook(BytesIO(base64.b64decode(found[1])))
    results = [row[-3] for row in book["全部"].iter_rows(min_row=2, values_only=True)]
    assert results == ["新增", "拒绝", "新增"]


def test_the_same_rows_again_change_nothing(browser: Browser, cast: Cast) -> None:
    client = browser(cast.clerk)
    client.post(PASTE, {"text": HEAD + ROWS, "action": "write"})

    page = client.post(PASTE, {"text": HEAD + ROWS, "action": "write"})

    assert "新增 0，更新 0，相同 2，拒绝 1" in page.content.decode()
    assert ServiceRecord.objects.count() == 2


def test_without_a_header_the_order_of_the_template_is_read(browser: Browser, cast: Cast) -> None:
    client = browser(cast.clerk)
    order = client.get(PASTE).context["order"]
    given = {"日期": "2026-09-01", "活动": "清理楼道", "类别": "环境整治", "服务人次": "3"}

    page = client.post(
        PASTE, {"text": "\t".join(given.get(h, "") for h in order) + "\n", "action": "write"}
    )

    assert page.context["found"].lines[0].number == 1
    assert ServiceRecord.objects.get().activity == "清理楼道"


def test_a_cell_with_a_line_end_of_its_own_stays_one_cell(browser: Browser, cast: Cast) -> None:
    text = '日期\t活动\t类别\t人次\t社区评语\n2026-09-01\t清理楼道\t环境整治\t3\t"很好\n常来"\n'

    browser(cast.clerk).post(PASTE, {"text": text, "action": "write"})

    assert ServiceRecord.objects.get().feedback == "很好\n常来"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "还没有粘贴内容"),
        (" \t \n", "还没有粘贴内容"),
        (HEAD + "2026-09-01\t清理\t环境整治\t周\t1\n" * (MOST_ROWS + 1), f"最多粘贴 {MOST_ROWS} 行"),
        ("日期\t活动\n2026-09-01\t清理\n", "没有这些必需的列"),
        ("\t".join("一二三四五六七八九十甲乙") + "\n", "没有看到表头"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_stays_in_the_box(
    browser: Browser, cast: Cast, text: str, said: str
) -> None:
    page = browser(cast.clerk).post(PASTE, {"text": text, "action": "look"})

    assert said in page.content.decode()
    assert page.context["form"].data["text"] == text
    assert not ServiceRecord.objects.exists()


def test_whoever_does_not_keep_the_ledger_pastes_nothing(browser: Browser, desk: Desk) -> None:
    answer = browser(desk.cast.leader).get(PASTE)

    assert answer.status_code == 403
