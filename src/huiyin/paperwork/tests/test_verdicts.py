"""When a printed figure agrees: the table of verdicts, row by row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.documents.rules.figures import find_figures
from huiyin.paperwork.rules.verdicts import Tolerances, judge


def agrees(printed: str, value: str) -> bool:
    (figure,) = find_figures(f"共有{printed}，")
    return judge(figure, Decimal(value), Tolerances()).agrees


@pytest.mark.parametrize(
    ("printed", "right", "wrong"),
    [
        ("85个", ["85"], ["84", "86"]),
        ("1.34亿元", ["134000000", "133500000", "134499999"], ["134500000", "133499999"]),
        ("2.3万人次", ["22500", "23499"], ["23500", "22499"]),
        ("4万平方米", ["40000", "44999", "35000"], ["45000", "34999"]),
        ("96%", ["96", "95.5", "96.4999"], ["96.5", "95.4"]),
        ("96.3%", ["96.25", "96.34"], ["96.35", "96.2"]),
        ("300余件", ["300", "301", "399"], ["299", "400"]),
        ("320余次", ["320", "329"], ["330", "319"]),
        ("2000余个", ["2000", "2999"], ["3000", "1999"]),
        ("3万余个", ["30000", "39999"], ["40000", "29999"]),
        ("二十多户", ["20", "29"], ["30", "19"]),
        ("上千次", ["1000", "1999"], ["999", "2000"]),
        ("不少于5次", ["5", "500"], ["4"]),
        ("50人以上", ["50", "90"], ["49"]),
        ("突破5000次", ["5001", "9000"], ["5000", "4999"]),
        ("近六成", ["54", "60"], ["53.9", "60.1"]),
        ("近2万人", ["18000", "20000"], ["17999", "20001"]),
        ("不足百户", ["99", "3"], ["100", "101"]),
        ("不超过30天", ["30", "2"], ["31"]),
        ("约300件", ["285", "315"], ["284", "316"]),
        ("300件左右", ["300"], ["316"]),
        ("六成", ["60", "55", "64.9"], ["65", "54.9"]),
        ("三分之一", ["33.3333", "33"], ["35", "32"]),
        ("过半", ["50.1"], ["50"]),
    ],
)
def test_a_printed_figure_agrees(printed: str, right: list[str], wrong: list[str]) -> None:
    assert [agrees(printed, value) for value in right] == [True] * len(right)
    assert [agrees(printed, value) for value in wrong] == [False] * len(wrong)


def test_what_is_wrong_says_by_how_much() -> None:
    (figure,) = find_figures("受理1,320件，")

    assert judge(figure, Decimal(1300), Tolerances()).words == "台账为 1,300件，文中多 20件"


def test_a_lower_bound_that_is_too_low_says_so() -> None:
    (figure,) = find_figures("受理300余件，")

    assert judge(figure, Decimal(420), Tolerances()).words == "台账为 420件，少报：应不到 400"


def test_what_about_and_near_mean_is_editable() -> None:
    (figure,) = find_figures("约300件，")

    assert judge(figure, Decimal(330), Tolerances(about_percent=Decimal(10))).agrees
