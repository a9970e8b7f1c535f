"""Places are found by code and day, or by name within a parent; units by function, nearest first."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.org import selectors
from huiyin.org.models import Area
from huiyin.org.selectors import AmbiguousName, AreaNotFound
from huiyin.org.services import organising
from huiyin.org.tests.conftest import DAY, FIRST, Town


def unit(kind: str, name: str, area: Area, function: str) -> object:
    return organising.create_unit(
        kind=kind, name=name, area=area, valid_from=FIRST, function=function
    )


def test_a_name_that_stands_twice_is_refused_without_its_parent(town: Town) -> None:
    with pytest.raises(AmbiguousName) as refused:
        selectors.find_area("团结路社区", within=town["530600"])

    assert str(refused.value) == (
        "“团结路社区”有 2 处：昭阳区凤凰街道团结路社区、水富市云富街道团结路社区；请写明上级区域"
    )


@pytest.mark.parametrize("written", [
    "团结路社区", "团结路社区居民委员会", " 团结路 社区 ", "团结路",
])  # fmt: skip
def test_a_name_within_its_parent_is_found_however_it_is_written(town: Town, written: str) -> None:
    assert selectors.find_area(written, within=town["530681"]) == town["530681001004"]


@pytest.mark.parametrize("written", [
    "水富市云富街道团结路社区", "水富市团结路社区", "昭通市水富市团结路社区居委会",
])  # fmt: skip
def test_parents_may_stand_in_front_of_the_name(town: Town, written: str) -> None:
    assert selectors.find_area(written, within=town["530600"]) == town["530681001004"]


def test_a_kind_tells_the_town_from_the_village(town: Town) -> None:
    with pytest.raises(AmbiguousName):
        selectors.find_area("太平", within=town["530681"])

    assert (
        selectors.find_area("太平", within=town["530681"], kind="subdistrict").code == "530681102"
    )


def test_a_name_that_is_nowhere_says_where_it_was_looked_for(town: Town) -> None:
    with pytest.raises(AreaNotFound, match="昭阳区没有名为“田坝社区”的区域"):
        selectors.find_area("田坝社区", within=town["530602"])


def test_an_empty_name_is_not_found(town: Town) -> None:
    with pytest.raises(AreaNotFound):
        selectors.find_area("  ", within=town["530600"])


def test_a_padded_code_is_the_same_code(town: Town) -> None:
    assert selectors.area_at("530681001000", DAY) == town["530681001"]
    assert selectors.area_at("530681000000", DAY) == town["530681"]


def test_a_code_before_its_first_day_names_nothing(town: Town) -> None:
    with pytest.raises(AreaNotFound, match="没有代码为 530681 的区域"):
        selectors.area_at("530681", date(2019, 12, 31))


def test_the_nearest_unit_of_a_function_comes_first(town: Town) -> None:
    city = unit("department", "昭通市住房和城乡建设局", town["530600"], "住建")
    team = unit("department", "云富街道规划建设办", town["530681001"], "住建")
    unit("department", "昭阳区住房和城乡建设局", town["530602"], "住建")

    found = selectors.units_with_function("住建", town["530681001004"])

    assert found == [team, town.housing, city]


def test_a_community_never_leads_but_supports(town: Town) -> None:
    community = unit("community", "团结路社区居委会", town["530681001004"], "社区")
    street = unit("subdistrict", "云富街道办事处", town["530681001"], "社区")

    assert selectors.units_with_function("社区", town["530681001004"]) == [street]
    assert selectors.supporting_units("社区", town["530681001004"]) == [community, street]
    assert selectors.community_unit(town["530681001004"]) == community
    assert selectors.subdistrict_unit(town["530681001004"]) == street
    assert selectors.community_unit(town["530681"]) is None


@pytest.mark.parametrize(("typed", "found"), [
    ("新天", ["新天地小区"]),
    ("xtd", ["新天地小区"]),
    ("xintiandi", ["新天地小区"]),
    ("XIN TIAN", ["新天地小区"]),
    ("天地", ["新天地小区"]),
    ("明珠", ["金江花园"]),
    ("花园", ["金江花园"]),
    ("", ["金江花园", "新天地小区"]),
    ("没有的", []),
])  # fmt: skip
def test_compounds_are_found_by_name_alias_or_initials(
    town: Town, typed: str, found: list[str]
) -> None:
    for name, community, aliases in (
        ("新天地小区", "530681001004", ()),
        ("金江花园", "530681001005", ("金江明珠",)),
        ("新天地小区", "530602001002", ()),
    ):
        organising.create_compound(
            name=name, community=town[community], valid_from=FIRST, aliases=aliases
        )

    assert [c.name for c in selectors.find_compounds(typed, within=town["530681"])] == found


def test_areas_below_are_listed_by_code(town: Town) -> None:
    assert [a.code for a in selectors.children_of(town["530681001"])] == [
        "530681001004", "530681001005",
    ]  # fmt: skip
    assert [a.name for a in selectors.areas_within(town["530681"], kind="community")] == [
        "团结路社区", "田坝社区", "太平村",
    ]  # fmt: skip
