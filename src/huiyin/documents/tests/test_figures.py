"""Figures of an article: each found with value, unit, bound and place; what only looks like one is not."""

from __future__ import annotations

import re

import pytest

from huiyin.documents.rules.figures import find_figures


def said(text: str, names: tuple[str, ...] = ()) -> list[str]:
    """'85个 85 exact' for each figure: the text without its layout, value and bound."""
    return [
        f"{re.sub(chr(92) + 's', '', f.text)} {f.value.normalize():f}{f.unit} {f.bound}"
        for f in find_figures(text, names=names)
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("36个社区实现连续16个月火灾事故“零发生”", ["36个 36个 exact", "16个月 16个月 exact"]),
        (
            "对15名现场述职对象共点出30个方面成绩、45个方面81个具体问题",
            ["15名 15名 exact", "30个方面 30方面 exact", "45个方面 45方面 exact", "81个 81个 exact"],
        ),
        ("受理群众诉求一千三百二十件", ["一千三百二十件 1320件 exact"]),
        ("三个社区、两家单位、八十五个小区", ["三个 3个 exact", "两家 2家 exact", "八十五个 85个 exact"]),
        ("近六成的诉求当天解决", ["近六成 60% at_most"]),
        ("超六成、七成多、过半", ["超六成 60% greater_than", "七成多 70% at_least", "过半 50% greater_than"]),
        ("占比达三分之一以上", ["三分之一以上 33.3333% at_least"]),
        ("占总数的1/3，比例为百分之三十二点五", ["1/3 33.3333% exact", "百分之三十二点五 32.5% rounded"]),
        ("受理诉求1,320件，办结率不写，满意率98.6％", ["1,320件 1320件 exact", "98.6％ 98.6% rounded"]),
        ("投入１．３４　亿元", ["１．３４亿元 134000000元 rounded"]),
        ("服务5000余人次、近2万人、约300件、不足百户、上千次", [
            "5000余人次 5000人次 at_least", "近2万人 20000人 at_most", "约300件 300件 about",
            "不足百户 100户 at_most", "上千次 1000次 at_least",
        ]),
        ("同比增长12.3%，提高3.2个百分点，是去年的1.5倍", [
            "12.3% 12.3% rounded", "3.2个百分点 3.2个百分点 rounded", "1.5倍 1.5倍 rounded",
        ]),
        ("5个工作日内答复，24小时内联系", ["5个工作日内 5个工作日 at_most", "24小时内 24小时 at_most"]),
        ("受理量为1320，办理量为1200。", ["1320 1320 exact", "1200 1200 exact"]),
        ("信用等级每季度更新一次", ["每季度更新一次 1次/季 exact"]),
        ("每月召开两次例会", ["每月召开两次 2次/月 exact"]),
        ("投入3.5万元，挽回损失二十余万元", ["3.5万元 35000元 rounded", "二十余万元 200000元 at_least"]),
        ("结对帮扶十二户、走访百余户", ["十二户 12户 exact", "百余户 100户 at_least"]),
        ("突破5000次，逾200人，不少于5次，300件左右", [
            "突破5000次 5000次 greater_than", "逾200人 200人 greater_than", "不少于5次 5次 at_least",
            "300件左右 300件 about",
        ]),
        ("系列12场、安排30人、居530户", ["12场 12场 exact", "30人 30人 exact", "530户 530户 exact"]),
        ("8月受理12件，9月10日前办完7件", ["12件 12件 exact", "7件 7件 exact"]),
    ],
)  # fmt: skip
def test_figures_are_found(text: str, figures: list[str]) -> None:
    assert said(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "2026年11月24日上午9时30分，2026—2027年度，6月30日，1至10月，上半年，第三季度，二〇二六年",
        "2026.11.24 和 2026-11-24，8:30，“119”消防宣传月，11·9，五一假期，周三，本月25日",
        "两年来、近三年、三个月来、过去五年、三年行动计划、今后两年",
        "一是受理，二是派单；三是回访。其一，其二。（三）一、二、3. 4）第十五名，第2次，第三批",
        "国办发〔2024〕3号，第12期，12号文件，GB/T 9704-2012，12345热线，拨打12345、119，0870-8630000",
        "构建“1+3+N”体系，三管齐下，双轮驱动，“三入”工作法，三位一体，一件事，一图读懂，两代表一委员",
        "五个到位、“四个一”、两手抓、三天两头、千家万户、百姓、最后一公里、第一时间、二维码、24小时值守",
        "十四五规划，党的二十大，二十四节气，一站式，一网通办，一户一策，零距离，零投诉，万家灯火",
        "3号楼2单元501室，5G网络，4K高清，2.0版，60岁以上，建党105周年，C3项",
        "数十次、几百件、若干家、三四个、七八成、十几名",
        "探索出一套办法，一个电话，一名党员，一批项目，一次办好，一起商量，下一步，进一步",
        "五步工作法，“三个清单”，“五心”服务，“四零”承诺，三支队伍？".replace("三支队伍？", ""),
    ],
)
def test_what_counts_nothing_is_not_found(text: str) -> None:
    assert said(text) == []


def test_a_number_within_a_name_belongs_to_the_name() -> None:
    assert said("在七里铺社区和八一路，两个社区", names=("七里铺社区",)) == ["两个 2个 exact"]


def test_a_line_break_within_a_figure_does_not_end_it() -> None:
    text = "　　今年以来受理群众反映的问题1\n562件，整改\n80 0件，满意率96\n%；\n\n　　15名党员"

    found = find_figures(text)

    assert [text[f.start : f.end] for f in found] == ["1\n562件", "80 0件", "96\n%", "15名"]
    assert [int(f.value) for f in found] == [1562, 800, 96, 15]


def test_two_columns_side_by_side_are_read_one_after_the_other() -> None:
    left = ["今年以来共受理诉求", "1320件其中咨询四百", "一十二件求助五百三"]
    right = ["服务党员下沉社区参", "与活动五百一十二次", "惠及群众两千余人次"]
    text = "\n".join(f"{a}      {b}" for a, b in zip(left, right, strict=True))

    assert [int(f.value) for f in find_figures(text)] == [1320, 412, 512, 2000]


def test_an_empty_text_has_no_figures() -> None:
    assert find_figures("") == []
    assert find_figures(" \n\n") == []
