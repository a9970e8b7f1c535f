"""Time limits on the page 本地参数: confirmed with a document, changed from a day on."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.cases.models import DeadlineRule
from huiyin.cases.rules.deadlines import pick
from huiyin.cases.selectors import limits
from huiyin.cases.services import deadline_defaults
from huiyin.cases.services.seeding import seed_deadlines

FROM = date(2026, 12, 1)


@pytest.fixture
def complaint(db: None) -> DeadlineRule:
    """Ten workdays for complaints."""
    seed_deadlines()
    return DeadlineRule.objects.get(what="handle", kind="complaint")


def test_each_limit_is_listed_with_its_origin_and_waits(complaint: DeadlineRule) -> None:
    rows = {row.key: row for row in deadline_defaults.rows()}

    row = rows[str(complaint.pk)]
    assert (row.group, row.label, row.value) == ("办理", "投诉", "10 个工作日")
    assert (row.origin, row.confirmed) == ("贵州晴隆县热线办理时限", False)
    assert len(rows) == DeadlineRule.objects.count()


def test_a_confirmed_limit_is_cited_by_its_document(complaint: DeadlineRule) -> None:
    deadline_defaults.confirm(
        key=str(complaint.pk), document="昭政办发〔2026〕9号", confirmed_on=FROM, by_name="戊安全"
    )

    complaint.refresh_from_db()
    assert (complaint.document, complaint.confirmed_by_name) == ("昭政办发〔2026〕9号", "戊安全")
    held = pick(limits(), what="handle", day=FROM, kind="complaint")
    assert held is not None
    assert held.basis == "昭政办发〔2026〕9号"


def test_another_amount_holds_from_its_day_and_not_before(complaint: DeadlineRule) -> None:
    deadline_defaults.change(key=str(complaint.pk), raw="7", from_day=FROM)

    before = pick(limits(), what="handle", day=date(2026, 11, 30), kind="complaint")
    after = pick(limits(), what="handle", day=FROM, kind="complaint")
    assert before is not None
    assert after is not None
    assert (before.amount, after.amount) == (10, 7)
    assert after.basis == "本地调整（原 10 个工作日，贵州晴隆县热线办理时限）（待本地确认）"


@pytest.mark.parametrize(("raw", "from_day", "said"), [
    ("0", FROM, "1 至 999"), ("十", FROM, "1 至 999"), ("7", date(2020, 1, 1), "生效日须晚于"),
])  # fmt: skip
def test_an_impossible_amount_or_day_is_refused(
    complaint: DeadlineRule, raw: str, from_day: date, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        deadline_defaults.change(key=str(complaint.pk), raw=raw, from_day=from_day)


def test_a_limit_is_not_confirmed_without_a_document(complaint: DeadlineRule) -> None:
    with pytest.raises(ValueError, match="请填写文号"):
        deadline_defaults.confirm(
            key=str(complaint.pk), document="", confirmed_on=FROM, by_name="戊安全"
        )
