"""Units, people and posts: dated, exclusive where they must be, and what hangs on their end."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from huiyin.base.models import AuditRow
from huiyin.org import registry, selectors
from huiyin.org.models import Post, UnitCompound
from huiyin.org.rules import grants
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services import organising
from huiyin.org.services.organising import OrganisationError
from huiyin.org.tests.conftest import AT, DAY, FIRST, Town, in_post

ADMINISTRATORS = ["system_admin", "security_admin", "audit_admin"]


@pytest.mark.parametrize("first", ADMINISTRATORS)
@pytest.mark.parametrize("second", [*ADMINISTRATORS, "handler"])
def test_an_administrator_takes_no_other_post(town: Town, first: str, second: str) -> None:
    person = in_post(town.centre, first, "丁").person

    with pytest.raises(OrganisationError, match="互斥"):
        organising.create_post(person=person, unit=town.housing, role=second, valid_from=DAY, at=AT)


def test_who_has_a_business_post_does_not_become_administrator(town: Town) -> None:
    person = in_post(town.housing, "handler", "卫").person

    with pytest.raises(OrganisationError, match="互斥"):
        organising.create_post(
            person=person, unit=town.centre, role="audit_admin", valid_from=DAY, at=AT
        )


def test_an_administrator_changes_post_on_the_day_after_the_last(town: Town) -> None:
    post = in_post(town.centre, "system_admin", "丁")
    organising.end_post(post=post, last_day=date(2026, 11, 23), at=AT)

    later = organising.create_post(
        person=post.person, unit=town.housing, role="handler", valid_from=DAY, at=AT
    )

    assert selectors.posts_of(post.person, date(2026, 11, 23))[0].role == "system_admin"
    assert [p.post_id for p in selectors.posts_of(post.person, DAY)] == [later.pk]


def test_the_database_refuses_a_second_post_of_an_administrator(town: Town) -> None:
    post = in_post(town.centre, "system_admin", "丁")

    with pytest.raises(IntegrityError, match="互斥"), transaction.atomic():
        Post.objects.create(
            person=post.person, unit=town.housing, area=town.housing.area, role="handler",
            valid_from=DAY,
        )  # fmt: skip


def test_the_database_refuses_to_turn_a_business_post_into_an_administrators(town: Town) -> None:
    person = in_post(town.housing, "handler", "卫").person
    second = organising.create_post(
        person=person, unit=town.centre, role="callback", valid_from=DAY, at=AT
    )

    with pytest.raises(IntegrityError, match="互斥"), transaction.atomic():
        Post.objects.filter(pk=second.pk).update(role="audit_admin")


def test_the_trigger_names_the_roles_that_the_rules_call_exclusive() -> None:
    from importlib import import_module

    sql = import_module("huiyin.org.migrations.0003_exclusive_administrators").FORWARD

    named = {role for role in grants.ROLES if f"'{role}'" in sql}
    assert named == {code for code, role in grants.ROLES.items() if role.exclusive}


def test_one_person_holds_two_business_posts_and_both_act(town: Town) -> None:
    person = in_post(town.housing, "handler", "卫").person
    organising.create_post(person=person, unit=town.centre, role="desk", valid_from=DAY, at=AT)

    assert [p.role for p in selectors.posts_of(person, DAY)] == ["handler", "desk"]


def test_a_post_begins_on_its_first_and_ends_after_its_last_day(town: Town) -> None:
    post = in_post(town.housing, "handler", "卫", valid_to=date(2026, 11, 24))

    days = [date(2019, 12, 31), FIRST, date(2026, 11, 24), date(2026, 11, 25)]
    assert [len(selectors.posts_of(post.person, d)) for d in days] == [0, 1, 1, 0]


def test_the_same_role_at_the_same_unit_is_not_taken_twice(town: Town) -> None:
    person = in_post(town.housing, "handler", "卫").person

    with pytest.raises(OrganisationError, match="卫已在市住建局任承办人"):
        organising.create_post(
            person=person, unit=town.housing, role="handler", valid_from=DAY, at=AT
        )


def test_an_ended_post_opens_what_apps_hooked_on(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, date, datetime]] = []
    monkeypatch.setattr(registry, "_post_endings", [])
    registry.register_post_ending(lambda post, day, at: seen.append((post.pk, day, at)))
    post = in_post(town.housing, "handler", "卫")

    organising.end_post(post=post, last_day=DAY, at=AT)

    assert seen == [(post.pk, DAY, AT)]


def test_a_hook_that_refuses_keeps_the_post(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(post: Post, day: date, at: datetime) -> None:
        raise OrganisationError("还有 3 件未交接")

    monkeypatch.setattr(registry, "_post_endings", [refuse])
    post = in_post(town.housing, "handler", "卫")

    with pytest.raises(OrganisationError, match="还有 3 件未交接"):
        organising.end_post(post=post, last_day=DAY, at=AT)
    assert Post.objects.get(pk=post.pk).valid_to is None


def test_a_post_ends_once(town: Town) -> None:
    post = in_post(town.housing, "handler", "卫", valid_to=DAY)

    with pytest.raises(OrganisationError, match="已于 2026-11-24 结束"):
        organising.end_post(post=post, last_day=date(2026, 12, 1), at=AT)


def test_what_an_administrator_does_is_audited(town: Town, administrator: ActingPost) -> None:
    person = organising.create_person(name="卫承办")

    post = organising.create_post(
        person=person, unit=town.housing, role="handler", valid_from=DAY, at=AT,
        by=administrator, address="10.0.0.8",
    )  # fmt: skip

    row = AuditRow.objects.get()
    assert (row.action, row.subject, row.person_name) == ("post_begun", f"post:{post.pk}", "丁系统")
    assert row.reason == "卫承办，市住建局·承办人"


def test_a_grid_lies_in_a_community_and_not_in_a_town(town: Town) -> None:
    grid = organising.create_area(
        name="第一网格", kind="grid", code="530681001004001", parent=town["530681001004"],
        valid_from=FIRST,
    )  # fmt: skip

    assert grid.path == f"{town['530681001004'].path}{grid.pk}/"
    with pytest.raises(OrganisationError, match="云富街道下面只能设社区（村），不能设网格"):
        organising.create_area(
            name="第二网格", kind="grid", code="530681001002", parent=town["530681001"],
            valid_from=FIRST,
        )  # fmt: skip


def test_an_area_ends_when_nothing_stands_in_it(town: Town) -> None:
    with pytest.raises(OrganisationError, match="太平镇还有 1 个下级区域，请先划转"):
        organising.end_area(area=town["530681102"], last_day=DAY, successor=None)

    organising.end_area(area=town["530681102201"], last_day=DAY, successor=town["530681001005"])
    assert selectors.area_at("530681102201", date(2026, 11, 25)) == town["530681001005"]
    assert selectors.area_at("530681102201", DAY) == town["530681102201"]


def test_a_community_unit_looks_after_a_community(town: Town) -> None:
    with pytest.raises(OrganisationError, match="管辖区域应为社区（村），“水富市”不是"):
        organising.create_unit(
            kind="community", name="团结路社区居委会", area=town["530681"], valid_from=FIRST
        )


def test_a_new_firm_takes_a_compound_over_from_the_day_after(town: Town) -> None:
    compound = organising.create_compound(
        name="新天地小区", community=town["530681001004"], valid_from=FIRST
    )
    old, new = (
        organising.create_unit(
            kind="firm", name=name, area=town["530681"], valid_from=FIRST, function="物业"
        )
        for name in ("甲物业", "乙物业")
    )
    organising.serve_compound(unit=old, compound=compound, valid_from=FIRST)

    organising.serve_compound(unit=new, compound=compound, valid_from=DAY)

    assert selectors.units_serving(compound, day=date(2026, 11, 23)) == [old]
    assert selectors.units_serving(compound, day=DAY) == [new]
    assert UnitCompound.objects.get(unit=old).valid_to == date(2026, 11, 23)


def test_a_unit_ends_with_its_posts(town: Town) -> None:
    post = in_post(town.housing, "handler", "卫")

    organising.end_unit(unit=town.housing, last_day=DAY, at=AT)

    assert Post.objects.get(pk=post.pk).valid_to == DAY
    assert selectors.units_with_function("住建", town["530681001004"]) == []


def test_a_post_does_not_begin_at_a_unit_that_ended(town: Town) -> None:
    organising.end_unit(unit=town.housing, last_day=date(2026, 10, 31), at=AT)
    town.housing.refresh_from_db()

    with pytest.raises(OrganisationError, match="市住建局已于 2026-10-31 停用"):
        in_post_of_today(town)


def in_post_of_today(town: Town) -> None:
    organising.create_post(
        person=organising.create_person(name="卫"), unit=town.housing, role="handler",
        valid_from=DAY, at=AT,
    )  # fmt: skip
