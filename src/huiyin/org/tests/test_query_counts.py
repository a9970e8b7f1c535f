"""Queries of each list page, the same for one row and for many (query_counts.json)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.base.models import ErrorReport
from huiyin.base.services import audit, seeding
from huiyin.org.tests.conftest import AT, Town, account_of, in_post
from huiyin.org.tests.test_administration import browser

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())
ROLE_OF = {
    "account_list": "system_admin",
    "error_list": "system_admin",
    "default_list": "security_admin",
    "default_group": "security_admin",
    "audit_list": "audit_admin",
}
ARGUMENTS = {"default_group": ["calendar"]}


def rows(town: Town, first: int, last: int) -> None:
    """One more of everything that the lists show, for each number."""
    for n in range(first, last):
        account_of(in_post(town.housing, "handler", f"甲{n}").person, f"a{n}")
        ErrorReport.objects.create(code=f"E{n}", at=AT, path="/", kind="KeyError", trace="")
        audit.record(at=AT, person_id=n, person_name="甲", post_id=None, address="",
                     action="signed_in", subject=f"account:{n}")  # fmt: skip


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_a_list_page_asks_as_often_as_recorded_however_long_it_is(town: Town, name: str) -> None:
    seeding.seed_local_defaults()
    seeding.seed_calendar(day=AT.date())
    client: Client = browser(town, ROLE_OF[name], "管理员", "admin")
    address = reverse(name, args=ARGUMENTS.get(name))
    client.get(address)

    asked = []
    for first, last in ((0, 1), (1, 20)):
        rows(town, first, last)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))

    assert asked == [COUNTS[name], COUNTS[name]]
