"""`huiyin seed base`: places, calendar, defaults; run again, it changes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.base.models import LocalDefault, Workday
from huiyin.base.selectors import workday_calendar
from huiyin.base.services import seeding as base
from huiyin.org import selectors
from huiyin.org.models import Area
from huiyin.org.selectors import AmbiguousName, AreaNotFound
from huiyin.org.services import seeding

DAY = date(2026, 11, 24)


def test_the_city_has_eleven_counties_and_all_its_communities(db: None) -> None:
    seeded = seeding.seed_areas()

    city = selectors.area_at("530600", DAY)
    assert [a.name for a in selectors.children_of(city, day=DAY)] == [
        "昭阳区", "鲁甸县", "巧家县", "盐津县", "大关县", "永善县", "绥江县", "镇雄县", "彝良县",
        "威信县", "水富市",
    ]  # fmt: skip
    assert seeded.standing == 1564
    assert selectors.areas_within(city, kind="subdistrict", day=DAY).count() == 150
    assert selectors.areas_within(city, kind="community", day=DAY).count() == 1402
    community = selectors.area_at("530681001004", DAY)
    assert (community.name, community.pinyin) == ("团结路社区", "tuanjielushequ tjlsq")
    names = dict(Area.objects.values_list("pk", "name"))
    assert [names[pk] for pk in community.ancestor_ids] == [
        "昭通市", "水富市", "云富街道", "团结路社区",
    ]  # fmt: skip


def test_seeding_again_changes_nothing(db: None) -> None:
    seeding.seed_areas()
    before = list(Area.objects.order_by("pk").values())

    again = seeding.seed_areas()

    assert (again.added, again.renamed) == (0, ())
    assert list(Area.objects.order_by("pk").values()) == before


def test_a_renamed_area_is_reported_and_left_alone(db: None) -> None:
    seeding.seed_areas()
    Area.objects.filter(code="530681001004").update(name="团结社区")

    again = seeding.seed_areas()

    assert again.renamed == (("530681001004", "团结社区", "团结路社区"),)
    assert Area.objects.get(code="530681001004").name == "团结社区"


def test_old_codes_of_shuifu_and_beizha_lead_on(db: None) -> None:
    seeding.seed_areas()

    assert selectors.area_at("530630", date(2018, 7, 1)).name == "水富县"
    assert selectors.area_at("530630", date(2018, 7, 2)).name == "水富市"
    assert selectors.area_at("530602103", DAY).code == "530602004"
    with pytest.raises(AreaNotFound):
        selectors.area_at("530681", date(2018, 7, 1))


def test_the_two_communities_of_one_name_stay_apart(db: None) -> None:
    seeding.seed_areas()
    city = selectors.area_at("530600", DAY)

    with pytest.raises(AmbiguousName, match="2 处"):
        selectors.find_area("团结路社区", within=city, day=DAY)


def test_the_calendar_holds_every_announced_year_and_names_the_missing_one(db: None) -> None:
    seeded = base.seed_calendar(day=DAY)

    assert seeded.years == tuple(range(2004, 2027))
    assert seeded.missing == (2027,)
    assert Workday.objects.get(day="2026-10-01").name == "国庆节"
    makeup = Workday.objects.get(day="2026-10-10")
    assert (makeup.is_workday, makeup.name) == (True, "国庆节补班")
    assert workday_calendar().years == frozenset(range(2004, 2027))


def test_a_day_that_was_corrected_by_hand_stays(db: None) -> None:
    base.seed_calendar(day=DAY)
    Workday.objects.filter(day="2026-11-24").update(is_workday=False, source="州政府通知")

    again = base.seed_calendar(day=DAY)

    assert again.added == 0
    assert not Workday.objects.get(day="2026-11-24").is_workday


def test_a_day_that_is_missing_is_filled_in(db: None) -> None:
    base.seed_calendar(day=DAY)
    Workday.objects.filter(day="2026-11-24").delete()

    assert base.seed_calendar(day=DAY).added == 1


def test_defaults_wait_for_local_confirmation(db: None) -> None:
    base.seed_local_defaults()

    assert LocalDefault.objects.filter(confirmed_on__isnull=False).count() == 0
    assert LocalDefault.objects.filter(origin="").count() == 0
    values = dict(LocalDefault.objects.values_list("code", "value"))
    assert (values["callback.mode"], values["callback.sample_percent"]) == ("all", 30)
    assert values["callback.attempts"] == 3
    assert LocalDefault.objects.get(code="board.min_cases").value == 10


def test_a_default_that_somebody_changed_stays(db: None) -> None:
    base.seed_local_defaults()
    LocalDefault.objects.filter(code="callback.attempts").update(value=5)

    assert base.seed_local_defaults() == 0
    assert LocalDefault.objects.get(code="callback.attempts").value == 5
