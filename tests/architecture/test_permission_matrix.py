"""Every GET of the site × every role, against the table permission_matrix.json.

The table is read in review: a new line says who may open the new page. After a deliberate change
write it anew with HUIYIN_RECORD=1. Parameters of routes get the values of SAMPLES: `number` is a
case of 水富 in progress at the housing bureau, everything else does not exist (404 for those who
pass the gate, 403 before it).
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_otp import DEVICE_ID_SESSION_KEY

from huiyin.org.models import Account, Person, Post, Unit
from huiyin.org.rules.grants import ROLES, ActingPost
from huiyin.org.services import accounts, second_factor
from tests.cast import DAY, FIRST, Cast

TABLE = Path(__file__).with_name("permission_matrix.json")
RECORDING = os.environ.get("HUIYIN_RECORD") == "1"

NOBODY, WITHOUT_POST = "nobody", "without_post"
#: Roles at a unit other than the centre.
AT_HOUSING = {"unit_head"}
AT_COMMUNITY = {"grid_worker"}
ADMINISTRATORS = tuple(code for code, role in ROLES.items() if role.exclusive)

#: Pages that are everybody's who is signed in, administrators among them: they show no business.
PERSONAL = {"work/", "work/password/", "work/second-factor/", "data/definitions/"}


@dataclass(frozen=True)
class Route:
    """A pattern as the table names it, and an address of it."""

    pattern: str
    address: str
    app: str


def routes(number: str) -> list[Route]:
    """All routes of the site, except those of a desk in debug mode."""
    found = []
    for pattern, view in _walk(get_resolver().url_patterns, ""):
        if not pattern.startswith("style/"):
            found.append(Route(pattern, "/" + _filled(pattern, number), _app(view)))
    return sorted(found, key=lambda r: r.pattern)


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[str, object]]:
    for part in patterns:
        text = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from _walk(part.url_patterns, text)
        else:
            yield text, part.callback


def _filled(pattern: str, number: str) -> str:
    def value(match: re.Match[str]) -> str:
        kind, _, name = match[1].rpartition(":")
        if name == "number":
            return number
        if name == "code" and pattern.startswith("work/registers/"):
            return "service"
        if name == "code" and pattern.startswith("data/"):
            return "reports_received"
        return {
            "int": "999999999", "uuid": "00000000-0000-0000-0000-000000000000",
        }.get(kind, "none")  # fmt: skip

    return re.sub(r"<([^>]+)>", value, pattern.replace("^", "").replace("$", ""))


def _app(view: object) -> str:
    module = str(getattr(view, "__module__", ""))
    return module.split(".")[1] if module.startswith("huiyin.") else module


@pytest.fixture
def browsers(cast: Cast) -> dict[str, Client]:
    """One browser per role, past password and second factor, one of nobody, one without a post."""
    password = make_password("x")
    made = {NOBODY: Client(raise_request_exception=False)}
    for role in (*ROLES, WITHOUT_POST):
        person = _person(cast, role)
        account = accounts.open_account_with_hash(
            person=person, username=role.replace("_", "-"), password_hash=password, at=DAY
        )
        made[role] = _browser(account)
    return made


def _person(cast: Cast, role: str) -> Person:
    if role == WITHOUT_POST:
        return Person.objects.create(name="无岗位")
    for held in vars(cast).values():
        if isinstance(held, ActingPost) and held.role == role:
            return Person.objects.get(pk=held.person_id)
    unit: Unit = cast.centre
    if role in AT_HOUSING:
        unit = cast.housing
    if role in AT_COMMUNITY:
        unit = cast.neighbours
    person = Person.objects.create(name=f"{role}甲")
    Post.objects.create(person=person, unit=unit, area=unit.area, role=role, valid_from=FIRST)
    return person


def _browser(account: Account) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    if any(ROLES[p.role].needs_totp for p in Post.objects.filter(person=account.person_id)):
        factor = second_factor.begin(account=account)
        factor.confirmed = True
        factor.save()
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = factor.persistent_id
        session.save()
    return client


def walked(routes_: list[Route], browsers: dict[str, Client]) -> dict[str, dict[str, int]]:
    """Status of each route for each role. Refusals are meant here: they are not logged."""
    logging.disable(logging.CRITICAL)
    try:
        return {
            route.pattern: {
                role: browser.get(route.address).status_code for role, browser in browsers.items()
            }
            for route in routes_
        }
    finally:
        logging.disable(logging.NOTSET)


def folded(statuses: dict[str, int]) -> dict[str, object]:
    """{"403": "others", "200": ["desk", …]}: the most frequent status stands for the others."""
    usual = Counter(statuses.values()).most_common(1)[0][0]
    table: dict[str, object] = {str(usual): "others"}
    for status in sorted(set(statuses.values()) - {usual}):
        table[str(status)] = [role for role, found in statuses.items() if found == status]
    return table


def test_every_route_lets_in_whom_the_table_says(cast: Cast, browsers: dict[str, Client]) -> None:
    all_routes = routes(cast.case_at("in_progress").number)

    found = walked(all_routes, browsers)

    table = {pattern: folded(statuses) for pattern, statuses in found.items()}
    if RECORDING:
        whole = {p: t for p, t in table.items() if max(found[p].values()) < 500}
        lines = [f"  {json.dumps(p)}: {json.dumps(t)}" for p, t in whole.items()]
        TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    _no_error(found)
    _administrators_see_no_business(all_routes, found)
    recorded = json.loads(TABLE.read_text())
    differing = [
        f"{pattern}: {recorded.get(pattern, '(new)')} → {table.get(pattern, '(gone)')}"
        for pattern in sorted({*recorded, *table})
        if recorded.get(pattern) != table.get(pattern)
    ]
    assert not differing, "look at each, then HUIYIN_RECORD=1:\n" + "\n".join(differing)


def _no_error(found: dict[str, dict[str, int]]) -> None:
    broken = [
        f"{pattern} as {role}: {status}"
        for pattern, statuses in found.items()
        for role, status in statuses.items()
        if status >= 500
    ]
    assert not broken, "\n".join(broken)


def _administrators_see_no_business(
    all_routes: list[Route], found: dict[str, dict[str, int]]
) -> None:
    """What an administrator can open is org's own, personal, or open to everybody on the street."""
    seen = [
        f"{route.pattern} as {role}"
        for route in all_routes
        for role in ADMINISTRATORS
        if found[route.pattern][role] == 200
        and route.app != "org"
        and route.pattern not in PERSONAL
        and found[route.pattern][NOBODY] != 200
    ]
    assert not seen, "\n".join(seen)


def test_staff_pages_ask_for_a_sign_in(client: Client, db: None) -> None:
    """Nobody on the street opens anything below /work/ but the sign-in itself."""
    opened = [
        route.pattern
        for route in routes("none")
        if route.pattern.startswith("work/")
        and client.get(route.address).status_code not in (302, 405)
    ]

    assert opened == ["work/login/"]


def test_acts_are_refused_to_nobody_without_post_and_administrators(
    cast: Cast, browsers: dict[str, Client]
) -> None:
    """What takes only POST is guarded as well: a sign-in for nobody, 403 or 404 for the others."""
    number = cast.case_at("in_progress").number
    acts = [
        route
        for route in routes(number)
        if route.pattern.startswith("work/") and route.pattern != "work/logout/"
        if browsers["handler"].get(route.address).status_code == 405
    ]

    wrong = []
    for route in acts:
        sign_in = browsers[NOBODY].post(route.address)
        if sign_in.status_code != 302 or "/work/login/" not in sign_in.headers["Location"]:
            wrong.append(f"{route.pattern} as nobody: {sign_in.status_code}")
        refused = [WITHOUT_POST] if route.app == "org" else [WITHOUT_POST, *ADMINISTRATORS]
        wrong += [
            f"{route.pattern} as {role}: {status}"
            for role in refused
            if (status := browsers[role].post(route.address).status_code) not in (403, 404)
        ]
    assert not wrong, "\n".join(wrong)
