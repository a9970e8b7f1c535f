"""axe-core over every page of every role, at both sizes: no serious finding, nothing too wide.

Which role opens which page stands in tests/architecture/permission_matrix.json; rows that the table
asks for by an unknown key are made here. Slow: ./run test --all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from huiyin.base.models import LocalDefault
from huiyin.cases.models import Case
from huiyin.intake.models import KnowledgeAnswer
from huiyin.intake.services.seeding import seed_answers
from huiyin.org.models import Account, Person
from huiyin.org.rules.grants import ROLES, ActingPost
from huiyin.triage.services.seeding import seed_catalogue
from tests.architecture.test_permission_matrix import (
    AT_COMMUNITY,
    AT_HOUSING,
    NOBODY,
    TABLE,
    WITHOUT_POST,
    routes,
)
from tests.cast import FIRST
from tests.journeys import resident as residents
from tests.journeys.town import Town
from tests.journeys.visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.slow]

STATUSES = (
    "registered", "awaiting_dispatch", "awaiting_acceptance", "in_progress", "awaiting_review",
    "awaiting_callback", "closed",
)  # fmt: skip
#: Addresses that answer with a file: nothing to look at.
DOWNLOADS = {
    "work/import/template/", "work/registers/<slug:code>/template/", "data/<slug:code>/rows.csv",
    "work/compounds/template/",
}  # fmt: skip


@pytest.mark.parametrize("role", [NOBODY, WITHOUT_POST, *ROLES])
def test_pages_of_a_role_have_no_serious_finding(town: Town, role: str) -> None:
    cases = [town.cast.case_at(status) for status in STATUSES]
    town.clock.set("2026-10-14 09:00")
    visitor = town.passer_by() if role == NOBODY else town.staff(_post(town, role))

    for address in _addresses(town, role, cases[3]):
        _look(visitor, address)
    if role in ROLES and "case.view" in ROLES[role].grants:
        _look_at_forms(visitor, cases)


def test_what_a_resident_follows_has_no_serious_finding(town: Town) -> None:
    resident = town.passer_by()
    for status in STATUSES:
        case = town.cast.case_at(status)
        residents.follow(resident, case.number, tail="1234")
        resident.looks_right()


def test_pages_of_refusal_have_no_serious_finding(town: Town) -> None:
    handler = town.staff(town.cast.handler)
    for address, words in (("/nothing/", "没有"), ("/work/board/", "权限")):
        with handler.refused(403, 404):
            handler.go(address)
        handler.sees(words)
        handler.looks_right()


def _look(visitor: Visitor, address: str) -> None:
    answer = visitor.page.goto(address)
    assert answer is not None
    if (
        answer.text().lstrip().lower().startswith("<!doctype html")
    ):  # data and parts of pages are not
        visitor.looks_right()


def _look_at_forms(visitor: Visitor, cases: list[Case]) -> None:
    """The page of each case, and once each form that this role may open on any of them."""
    seen: set[str] = set()
    for case in cases:
        with visitor.refused(404):
            answer = visitor.page.goto(f"/work/cases/{case.number}/")
        if answer is None or answer.status == 404:
            continue
        visitor.looks_right()
        forms: list[str] = visitor.main.locator("a[href*='/do/']").evaluate_all(
            "links => links.map(a => a.pathname)"
        )
        for address in dict.fromkeys(forms):
            action = address.rstrip("/").rsplit("/", 1)[-1]
            if action not in seen:
                seen.add(action)
                _look(visitor, address)


def _addresses(town: Town, role: str, case: Case) -> Iterator[str]:
    """Pages that the table opens to this role. What everybody sees is looked at once, as nobody."""
    table = json.loads(TABLE.read_text())
    made = _made(town)
    for route in routes(case.number):
        statuses = table.get(route.pattern, {})
        status = _status(statuses, role)
        if route.pattern in DOWNLOADS or (role != NOBODY and _status(statuses, NOBODY) == 200):
            continue
        if status == 200:
            yield route.address
        elif status == 404 and route.pattern in made:
            yield made[route.pattern]


def _status(statuses: dict[str, object], role: str) -> int:
    named = next((s for s, who in statuses.items() if isinstance(who, list) and role in who), None)
    return int(named or next((s for s, who in statuses.items() if who == "others"), 0))


def _made(town: Town) -> dict[str, str]:
    """Addresses of rows that exist, for patterns that the table asks for with a key of none."""
    seed_answers()
    town.account(town.cast.handler)
    account = Account.objects.get(person=town.cast.handler.person_id)
    default = LocalDefault.objects.order_by("code").first()
    assert default is not None
    seed_catalogue(day=FIRST)
    return {
        "data/<slug:code>/": "/data/reports_received/",
        "work/accounts/<int:pk>/": f"/work/accounts/{account.pk}/",
        "work/accounts/<int:pk>/posts/new/": f"/work/accounts/{account.pk}/posts/new/",
        "work/answers/<int:pk>/": f"/work/answers/{KnowledgeAnswer.objects.first().pk}/",
        "work/calendar/<int:year>/": "/work/calendar/2026/",
        "work/calendar/<int:year>/<int:month>/<int:day>/": "/work/calendar/2026/10/1/",
        "work/calendar/<int:year>/enter/": "/work/calendar/2026/enter/",
        "work/catalogue/<slug:code>/": "/work/catalogue/noise/",
        "work/defaults/<slug:provider>/": "/work/defaults/catalogue/",
        "work/defaults/<slug:provider>/<str:key>/": f"/work/defaults/local/{default.code}/",
    }


def _post(town: Town, role: str) -> ActingPost:
    for held in vars(town.cast).values():
        if isinstance(held, ActingPost) and held.role == role:
            return held
    if role == WITHOUT_POST:
        person = Person.objects.create(name="无岗位")
        return ActingPost(post_id=0, person_id=person.pk, person_name=person.name, unit_id=0,
                          unit_kind="", unit_name="", area_id=0, role=role)  # fmt: skip
    unit = town.cast.centre
    if role in AT_HOUSING:
        unit = town.cast.housing
    if role in AT_COMMUNITY:
        unit = town.cast.neighbours
    return town.colleague(f"{role}甲", unit, role)
