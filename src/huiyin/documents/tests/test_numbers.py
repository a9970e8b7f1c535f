"""Figures with 余, 约, 近 keep their bound; they are never read as if exact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.documents.rules.numbers import Quantity, UnreadableNumber, read_quantity


@pytest.mark.parametrize(
    ("raw", "value", "bound", "unit"),
    [
        # the figures of the published page
        ("85个", 85, "exact", "个"),
        ("300余件", 300, "at_least", "件"),
        ("2000余名", 2000, "at_least", "名"),
        ("3万余个", 30_000, "at_least", "个"),
        ("1.34亿元", 134_000_000, "rounded", "元"),
        ("2.3万人次", 23_000, "rounded", "人次"),
        ("5.73万人次", 57_300, "rounded", "人次"),
        ("4万平方米", 40_000, "rounded", "平方米"),
        ("96%", 96, "rounded", "%"),
        ("突破5000次", 5000, "greater_than", "次"),
        ("11起", 11, "exact", "起"),
        ("连续16个月", 16, "exact", "个月"),
        ("三分之一", Decimal("33.3333"), "exact", "%"),
        # whole numbers
        ("63", 63, "exact", ""),
        ("六十三名", 63, "exact", "名"),
        ("三百二十", 320, "exact", ""),
        ("一百零五", 105, "exact", ""),
        ("十", 10, "exact", ""),
        ("两千", 2000, "exact", ""),
        ("零", 0, "exact", ""),
        ("1,234户", 1234, "exact", "户"),
        ("１，２３４ 户", 1234, "exact", "户"),
        ("负5", -5, "exact", ""),
        ("12.50", Decimal("12.5"), "exact", ""),
        ("共300件", 300, "exact", "件"),
        # 万 and 亿 leave digits out
        ("三万五千六百人", 35_600, "rounded", "人"),
        ("三万五千六百七十二人", 35_672, "exact", "人"),
        ("1亿3400万", 134_000_000, "rounded", ""),
        ("1.2万亿元", 1_200_000_000_000, "rounded", "元"),
        ("万人", 10_000, "rounded", "人"),
        # lower bounds
        ("二十多户", 20, "at_least", "户"),
        ("十余万人", 100_000, "at_least", "人"),
        ("百余件", 100, "at_least", "件"),
        ("上千户", 1000, "at_least", "户"),
        ("50人以上", 50, "at_least", "人"),
        ("不少于5次", 5, "at_least", "次"),
        ("约300余件", 300, "at_least", "件"),
        ("七成多", 70, "at_least", "%"),
        # strictly more
        ("超六成", 60, "greater_than", "%"),
        ("逾200人", 200, "greater_than", "人"),
        ("过百", 100, "greater_than", ""),
        ("过半", 50, "greater_than", "%"),
        # about
        ("约2万", 20_000, "about", ""),
        ("300件左右", 300, "about", "件"),
        # upper bounds
        ("近六成", 60, "at_most", "%"),
        ("近百户", 100, "at_most", "户"),
        ("不足百户", 100, "at_most", "户"),
        ("30天以内", 30, "at_most", "天"),
        ("不超过三分之一", Decimal("33.3333"), "at_most", "%"),
        # shares
        ("六成", 60, "rounded", "%"),
        ("两成半", 25, "rounded", "%"),
        ("百分之三十", 30, "rounded", "%"),
        ("千分之五", Decimal("0.5"), "rounded", "%"),
        ("三分之二", Decimal("66.6667"), "exact", "%"),
        ("一半", 50, "exact", "%"),
        ("20‰", 2, "rounded", "%"),
    ],
)
def test_a_figure_is_read_with_its_bound(
    raw: str, value: int | Decimal, bound: str, unit: str
) -> None:
    assert read_quantity(raw) == Quantity(value, bound, unit, raw)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "value"),
    [(12, 12), (12.0, 12), (0.96, Decimal("0.96")), (Decimal("1.5"), Decimal("1.5"))],
)
def test_a_number_of_a_spreadsheet_is_exact(cell: float | Decimal, value: int | Decimal) -> None:
    found = read_quantity(cell)

    assert (found.value, found.bound, found.unit) == (value, "exact", "")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "没有填写"),
        (None, "没有填写"),
        ("张三", "应填数字"),
        ("超额", "应填数字"),
        ("几百", "没有具体的数"),
        ("数十家", "没有具体的数"),
        ("若干", "没有具体的数"),
        ("3-5天", "只能填一个数"),
        ("三至五天", "只能填一个数"),
        ("2+3", "只能填一个数"),
        ("两万三", "请写成数字"),
        ("零分之一", "分母不能是零"),
        (float("nan"), "应填数字"),
        (True, "没有填写|应填数字"),
    ],
)
def test_what_is_no_single_figure_is_refused(raw: object, why: str) -> None:
    with pytest.raises(UnreadableNumber, match=why):
        read_quantity(raw)
