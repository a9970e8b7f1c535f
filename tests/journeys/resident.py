"""A resident's own ways: report, follow, answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

PHONE_NUMBER, TAIL = "13900005678", "5678"


def report(
    resident: Visitor, text: str, *, place: str = "新天地小区", about: Mapping[str, Any] | None = None,
    contact: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    """Report as somebody on the street does, from the home page; the number on the end page."""
    resident.go("/")
    resident.follow("反映问题")
    resident.fill("小区、社区或村名", place)
    if not resident.scripts:
        resident.press("查找")
    resident.follow(place)
    resident.fill("一两句话就行", text)
    for label, value in (about or {}).items():
        resident.fill(label, value)
    if resident.scripts:
        resident.press("下一步：怎么联系您")
    for label, value in ({"手机号": PHONE_NUMBER} if contact is None else contact).items():
        resident.fill(label, value)
    resident.press("送出反映")
    return number_of(resident)


def number_of(resident: Visitor) -> str:
    """The number as it stands on the end page, as people copy it: 'S00000012'."""
    expect(resident.page).to_have_url(re.compile("/report/done/"))
    found = re.search(r"编号\s*(S\d+\w)", resident.main.inner_text())
    assert found, resident.main.inner_text()
    return found[1]


def code_of(resident: Visitor) -> str:
    """The code of the end page, for those who left no phone: '721 453'."""
    found = re.search(r"查询码\s*(\d{3} \d{3})", resident.main.inner_text())
    assert found, resident.main.inner_text()
    return found[1]


def follow(resident: Visitor, number: str, *, tail: str = TAIL) -> None:
    """Open one's own case with the number, however written, and the last digits of the phone."""
    resident.go("/track/")
    resident.fill("编号", number)
    resident.fill("手机号后四位", tail)
    resident.press("看进度")
    expect(resident.page).to_have_url(re.compile(r"/track/S\d+"))
    resident.sees(number)
