"""Queries of the list of imports, the same for one run and for many (query_counts.json)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.intake.models import ImportRun
from huiyin.intake.rules import import_states as states
from huiyin.intake.tests.test_import_pages import browser, media  # noqa: F401  (fixtures)
from huiyin.org.models import Person
from tests.cast import DAY, Cast

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())


def test_the_list_asks_as_often_as_recorded_however_long_it_is(
    browser: Client,  # noqa: F811
    cast: Cast,
) -> None:
    person = Person.objects.get(name="卫统计")
    browser.get("/work/import/")

    asked = []
    for number in (1, 40):
        for n in range(number):
            ImportRun.objects.create(
                place=cast.county, file_name=f"{n}.csv", size=1, state=states.DONE,
                made_by=person, post_id=1, made_at=DAY,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            page: Any = browser.get("/work/import/")
        assert page.status_code == 200
        asked.append(len(queries))

    assert asked == [COUNTS["import_list"]] * 2
