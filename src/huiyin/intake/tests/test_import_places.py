"""Where a row of a file belongs. Names are matched with their parent or not at all."""

from __future__ import annotations

import pytest

from huiyin.base.rules.workday_calendar import local_date
from huiyin.intake.rules.import_rows import PlaceWords
from huiyin.intake.services.import_places import Placed, Placer
from huiyin.org.models import Area, Compound
from tests.cast import DAY, FIRST, Cast


def placed(base: Area, **words: str) -> Placed:
    return Placer(base, day=local_date(DAY)).place(PlaceWords(**words))


def test_without_words_of_place_it_is_the_files_area(cast: Cast) -> None:
    assert placed(cast.county) == Placed(cast.county.pk)


def test_columns_lead_down_to_the_compound(cast: Cast) -> None:
    found = placed(cast.city, area="水富市", subdistrict="云富街道", community="团结路社区",
                   compound="新天地小区", address="3栋2单元501")  # fmt: skip

    assert found.area_id == cast.community.pk
    assert found.compound_id == cast.compound.pk
    assert (found.place_text, found.door) == ("3栋", "3栋2单元501")
    assert found.remark == ""


def test_an_address_is_followed_name_by_name(cast: Cast) -> None:
    found = placed(cast.city, address="云南省昭通市水富市云富街道团结路社区新天地小区3栋门口")

    assert (found.area_id, found.compound_id) == (cast.community.pk, cast.compound.pk)
    assert found.remark == ""


def test_a_compound_of_an_address_is_known_within_its_county_only(cast: Cast) -> None:
    assert placed(cast.county, address="新天地小区门口").compound_id == cast.compound.pk
    assert placed(cast.city, address="新天地小区门口").compound_id is None
    assert placed(cast.city, compound="新天地小区").compound_id is None


def test_a_communitys_name_alone_says_nothing_in_a_whole_city(cast: Cast) -> None:
    alone = placed(cast.city, community="团结路社区")
    within = placed(cast.county, community="团结路社区")

    assert alone.area_id == cast.city.pk
    assert alone.remark == "“团结路社区”没有对上本地区划，原样记在地点里，按“昭通市”登记"
    assert within.area_id == cast.community.pk


def test_what_does_not_fit_stays_as_text_and_is_remarked(cast: Cast) -> None:
    found = placed(cast.county, area="A3区", address="联丰路")

    assert found.area_id == cast.county.pk
    assert found.place_text == "A3区 联丰路"
    assert found.remark == "“A3区”没有对上本地区划，原样记在地点里，按“水富市”登记"


def test_an_address_that_names_no_place_of_ours_is_remarked(cast: Cast) -> None:
    assert placed(cast.county, address="人民路").remark == "地址没有对上街道或社区，按“水富市”登记"


def test_two_compounds_of_one_name_are_not_guessed(cast: Cast) -> None:
    other = Area.objects.create(code="530681001005", name="人民路社区", kind="community",
                                parent=cast.subdistrict, valid_from=FIRST)  # fmt: skip
    other.path = f"{cast.subdistrict.path}{other.pk}/"
    other.save()
    Compound.objects.create(name="新天地小区", community=other, valid_from=FIRST)

    assert placed(cast.county, compound="新天地小区").compound_id is None
    assert placed(cast.county, community="人民路社区", compound="新天地小区").area_id == other.pk


@pytest.mark.parametrize("said", ["天地花园", "新天地小区"])
def test_a_compound_is_known_by_its_aliases(cast: Cast, said: str) -> None:
    cast.compound.aliases = "天地花园、老新天地"
    cast.compound.save()

    assert placed(cast.county, compound=said).compound_id == cast.compound.pk
