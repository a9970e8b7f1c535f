"""Build the demonstration city through the services that an administrator uses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from huiyin.drill.rules import places, points
from huiyin.org import selectors
from huiyin.org.models import Account, Area, Compound, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services import organising, rostering

SINCE = date(2024, 1, 1)
#: Shown on the sign-in page of a demonstration and printed by `./run demo`.
PASSWORD = "Huiyin-2026"


@dataclass
class County:
    """One county of the demonstration: its units by function and its people by role."""

    area: Area
    centre: Unit
    by_function: dict[str, Unit] = field(default_factory=dict)
    towns: dict[int, Unit] = field(default_factory=dict)
    communities: dict[int, Unit] = field(default_factory=dict)
    compounds: list[Compound] = field(default_factory=list)
    firms: dict[int, Unit] = field(default_factory=dict)
    centre_posts: dict[str, list[ActingPost]] = field(default_factory=dict)
    unit_posts: dict[int, list[ActingPost]] = field(default_factory=dict)


@dataclass
class City:
    """The demonstration as built; `accounts` = (login, name, unit, role) for the sign-in page."""

    area: Area
    counties: list[County] = field(default_factory=list)
    accounts: list[tuple[str, str, str, str]] = field(default_factory=list)
    people: int = 0
    password: str = ""


WEEKS_ON_CALL = 10
CENTRE_ROLES = (
    ("desk", 2), ("dispatcher", 2), ("reviewer", 1), ("callback", 2), ("supervisor", 2),
    ("leader", 1), ("statistician", 1),
)  # fmt: skip
LOGIN_PREFIX = {"530681": "", "530602": "zy.", "530621": "ld."}


def build(*, at: datetime) -> City:
    """Units, posts, people, accounts and compounds of three counties, and the three administrators."""
    city = City(area=selectors.area_at("530600", at.date()))
    city.password = make_password(PASSWORD)
    for code, (name, _) in places.COUNTIES.items():
        city.counties.append(_county(city, code, name, at))
    for role, login in (("system_admin", "admin"), ("security_admin", "security"),
                        ("audit_admin", "audit")):  # fmt: skip
        _person(city, city.counties[0].centre, city.area, role, login, at)
    return city


def _county(city: City, code: str, name: str, at: datetime) -> County:
    area = selectors.area_at(code, at.date())
    centre = _unit("centre", f"{name}政务热线受理中心", area, "受理中心", "hotline")
    county = County(area=area, centre=centre)
    prefix = LOGIN_PREFIX[code]
    for role, count in CENTRE_ROLES:
        for i in range(count if code == "530681" else 1):
            login = f"{prefix}{role}{i + 1 if i else ''}"
            post = _person(city, centre, area, role, login, at)
            county.centre_posts.setdefault(role, []).append(post)
    for plan in places.DEPARTMENTS:
        unit = _unit(plan.kind, f"{name}{plan.name}", area, plan.short, plan.function)
        county.by_function[plan.function] = unit
        _staff(city, county, unit, area, ("handler", "unit_head"), f"{prefix}{plan.function}", at)
    _places(city, county, code, prefix, at)
    _roster(county, at)
    return county


def _roster(county: County, at: datetime) -> None:
    """Leader and supervisor in turn, a week each, well beyond the days that are lived through."""
    turns = [county.centre_posts["leader"][0], county.centre_posts["supervisor"][0]]
    for week in range(WEEKS_ON_CALL):
        first = at.date() + timedelta(weeks=week)
        duty = rostering.NewDuty(turns[week % 2].person_id, county.centre.phone, first,
                                 first + timedelta(days=6), time(8, 30))  # fmt: skip
        rostering.enter(duty, by=turns[0], at=at)


def _places(city: City, county: County, code: str, prefix: str, at: datetime) -> None:
    """Compounds with their community, town and firm; towns lead where the rules name a community."""
    for name, county_code, community_name, households, firm in places.COMPOUNDS:
        if county_code != code:
            continue
        community = selectors.find_area(community_name, within=county.area, day=at.date())
        compound = organising.create_compound(
            name=name,
            community=community,
            valid_from=SINCE,
            households=households,
            point=points.of(name),
        )
        county.compounds.append(compound)
        town = community.parent
        assert town is not None
        if town.pk not in county.towns:
            unit = _unit("subdistrict", f"{town.name}办事处", town, town.name, "locality")
            county.towns[town.pk] = unit
            login = f"{prefix}jiedao{len(county.towns) if len(county.towns) > 1 else ''}"
            _staff(city, county, unit, town, ("handler",), login, at)
        if community.pk not in county.communities:
            unit = _unit("community", f"{community.name}居民委员会", community, community.name,
                         "community")  # fmt: skip
            county.communities[community.pk] = unit
            n = len(county.communities)
            login = f"{prefix}shequ{n if n > 1 else ''}"
            _staff(city, county, unit, community, ("community_clerk", "grid_worker"), login, at)
        if firm is not None:
            if firm not in county.firms:
                short = f"{places.FIRMS[firm]}物业"
                unit = _unit("firm", f"{short}服务有限公司", county.area, short, "firm")
                county.firms[firm] = unit
                login = f"{prefix}wuye{len(county.firms) if len(county.firms) > 1 else ''}"
                _staff(city, county, unit, county.area, ("firm_manager",), login, at)
            organising.serve_compound(unit=county.firms[firm], compound=compound, valid_from=SINCE)


def _staff(
    city: City, county: County, unit: Unit, area: Area, roles: tuple[str, ...], login: str,
    at: datetime,
) -> None:  # fmt: skip
    for i, role in enumerate(roles):
        name = login if i == 0 else f"{login}.{role.split('_')[0]}"
        county.unit_posts.setdefault(unit.pk, []).append(_person(city, unit, area, role, name, at))


def _unit(kind: str, name: str, area: Area, short: str, function: str) -> Unit:
    return organising.create_unit(
        kind=kind, name=name, area=area, valid_from=SINCE, short_name=short, function=function,
        phone=f"0870-86{area.pk % 90 + 10}{len(name) % 10}00",
    )  # fmt: skip


def _person(city: City, unit: Unit, area: Area, role: str, login: str, at: datetime) -> ActingPost:
    person = organising.create_person(name=places.invented_name(city.people))
    city.people += 1
    post = organising.create_post(
        person=person, unit=unit, area=area, role=role, valid_from=SINCE, at=at
    )
    # One hash for all: hashing is slow on purpose, and everybody may know this password.
    Account.objects.create(
        username=login, person=person, password=city.password, password_changed_at=at
    )
    city.accounts.append((login, person.name, unit.name, role))
    return selectors.acting(post)
