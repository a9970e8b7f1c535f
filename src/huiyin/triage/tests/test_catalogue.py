"""Which function leads a matter: the catalogue's word, corrected by what was confirmed."""

from __future__ import annotations

import pytest

from huiyin.triage.rules.catalogue import ROWS, Lead, Row, suggest_units
from huiyin.triage.rules.functions import (
    FUNCTIONS,
    NEVER_LEAD,
    function_key,
    function_label,
)

SECTION_1_8 = 15


def test_no_row_lets_a_community_lead() -> None:
    assert not [row for row in ROWS for lead in row.leads if lead.function in NEVER_LEAD]
    with pytest.raises(ValueError, match="社区只能协助"):
        Row("x", "某事", ("某",), (Lead("community"),), (), "normal", "", "")


def test_every_row_shows_where_it_comes_from_until_it_is_confirmed() -> None:
    assert all("待本地确认" in row.basis for row in ROWS)
    assert (
        len([row for row in ROWS if row.origin.startswith("小区诉求默认派单目录")]) == SECTION_1_8
    )


def test_every_function_of_the_catalogue_has_a_word_for_the_screen() -> None:
    named = {f for row in ROWS for f in (*(lead.function for lead in row.leads), *row.support)}

    assert named <= set(FUNCTIONS)
    assert function_key("住建") == function_key("housing") == "housing"
    assert function_label("housing") == "住建"


@pytest.mark.parametrize(
    ("text", "lead", "matter"),
    [
        ("楼道主水管漏水，地面全是水", "firm", "pipe_leak"),
        ("从昨晚开始停水，没有通知", "water", "cut_off"),
        ("整栋楼停电", "power", "cut_off"),
        ("小区停气三天了", "gas", "cut_off"),
        ("电梯坏了四次，维保不及时", "market", "lift"),
        ("外墙瓷砖脱落", "firm", "outer_wall"),
        ("三楼装修在砸承重墙", "housing", "illegal_building"),
        ("顶楼违建彩钢棚", "enforcement", "illegal_building"),
        ("有人飞线给电瓶车充电", "firm", "flying_wire"),
        ("消防通道长期被占用，多次反映", "fire", "fire_lane"),
        ("建议增加车位，停车太难", "locality", "parking"),
        ("物业服务差，保洁不到位", "housing", "firm_service"),
        ("业委会换届选举不公开", "locality", "owners_committee"),
        ("广场舞音响噪音扰民", "police", "noise"),
        ("工地夜间施工噪音扰民", "enforcement", "noise"),
        ("搅拌站噪音大，风机整夜响", "environment", "noise"),
        ("门口占道摆摊，垃圾没人清运", "enforcement", "street"),
        ("楼上邻居吵架", "locality", "neighbours"),
        ("移民搬迁安置房一直没有着落", "resettlement", "resettlement"),
        ("包工头拖欠农民工工资", "labour", "wages"),
    ],
)
def test_a_matter_goes_to_the_function_of_its_row(text: str, lead: str, matter: str) -> None:
    units = suggest_units(text)

    assert units.matter is not None
    assert units.matter.code == matter
    assert units.leads[0].function == lead
    assert units.leads[0].reasons


def test_three_functions_at_most_whose_confidences_are_shares() -> None:
    units = suggest_units("水管漏水，物业说要动用维修资金")

    assert len(units.leads) == 3
    assert units.leads[0].confidence >= units.leads[1].confidence >= units.leads[2].confidence
    assert sum(lead.confidence for lead in units.leads) <= 1.0001


def test_a_text_that_says_nothing_known_is_uncertain() -> None:
    units = suggest_units("你好，请问一下")

    assert units.leads == ()
    assert units.matter is None
    assert units.uncertain


def test_confirmed_dispatches_outweigh_the_catalogue() -> None:
    text = "楼道主水管漏水"

    before = suggest_units(text)
    after = suggest_units(text, learned={"pipe_leak": {"housing": 20}})

    assert before.leads[0].function == "firm"
    assert after.leads[0].function == "housing"
    assert after.leads[0].reasons[0] == "同类事项已确认派给此处 20 件"
    assert not after.uncertain


def test_a_category_learns_and_its_parent_speaks_more_softly() -> None:
    learned = {"0102": {"enforcement": 2}, "010203": {"locality": 1}}

    units = suggest_units("某事", learned=learned, category_code="010203")

    assert [lead.function for lead in units.leads] == ["locality", "enforcement"]
    assert units.leads[0].confidence == round(1 / 1.6, 4)


def test_a_community_in_confirmed_dispatches_never_comes_back_as_lead() -> None:
    units = suggest_units("某事", learned={"01": {"community": 50}}, category_code="01")

    assert units.leads == ()


def test_a_function_that_is_not_there_is_not_suggested() -> None:
    units = suggest_units("楼道主水管漏水，没有物业", not_available={"firm"})

    assert units.leads[0].function == "service_team"
    assert "firm" not in {lead.function for lead in units.leads}


def test_the_category_alone_speaks_when_no_word_is_found() -> None:
    units = suggest_units("反映一个问题", ("房屋与物业", "公共设施", "电梯故障"))

    assert units.matter is not None
    assert units.matter.code == "lift"
    assert "按类别" in units.leads[0].reasons[0]


def test_who_supports_is_named_without_the_lead() -> None:
    assert suggest_units("物业服务差，保洁不到位").support == ("locality", "community")
