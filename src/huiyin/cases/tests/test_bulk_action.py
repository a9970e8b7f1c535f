"""/work/cases/bulk/ACTION/: many cases, each through perform, each with its own result."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huiyin.cases.rules.bulk import BULK
from huiyin.cases.rules.transitions import BASE
from huiyin.cases.tests.conftest import LOOKING, Browser
from tests.cast import Cast


def test_bulk_dispatch_tells_of_each_case_what_became_of_it(cast: Cast, browser: Browser) -> None:
    waits, about = cast.case_at("awaiting_dispatch"), cast.report(about_unit_id=cast.housing.pk)
    about = cast.act(about, "admit", cast.desk, LOOKING)
    gone = cast.case_at("in_progress")
    numbers = [waits.number, about.number, gone.number]
    client = browser(cast.dispatcher)

    asked = client.post(reverse("bulk_action", args=["dispatch"]), {"number": numbers})
    done = client.post(
        reverse("bulk_action", args=["dispatch"]),
        {"number": numbers, "go": "1", "lead": cast.housing.pk, "note": "请当日联系"},
    )

    assert list(asked.context["form"].fields) == ["lead", "support", "note", "seen_version"]
    results = {r.case.number: (r.done, r.words) for r in done.context["results"]}
    assert results[waits.number] == (True, "现在是“待签收”")
    assert results[about.number] == (False, "此件反映的就是市住建局，不能由它主办")
    assert results[gone.number] == (False, "此件现在是“办理中”，不能派单")
    waits.refresh_from_db()
    assert (waits.status, waits.lead_id) == ("awaiting_acceptance", cast.housing.pk)


def test_a_case_that_changed_since_is_left_alone(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("awaiting_dispatch")
    cast.act(case, "note", cast.desk, LOOKING, note="来电催")

    done = browser(cast.dispatcher).post(
        reverse("bulk_action", args=["dispatch"]),
        {"number": case.number, f"version_{case.number}": case.version - 1, "go": "1",
         "lead": cast.housing.pk},
    )  # fmt: skip

    (result,) = done.context["results"]
    assert (result.done, "刚刚处理过此件" in result.words) == (False, True)


def test_bulk_reminders_reach_each_overdue_case_once(cast: Cast, browser: Browser) -> None:
    cases = [cast.case_at("in_progress") for _ in range(3)]
    client = browser(cast.supervisor)
    sent = {"number": [c.number for c in cases], "go": "1", "note": "请抓紧"}

    first = client.post(reverse("bulk_action", args=["remind"]), sent)
    again = client.post(reverse("bulk_action", args=["remind"]), sent)

    assert [r.done for r in first.context["results"]] == [True, True, True]
    assert {r.words for r in again.context["results"]} == {"已催办过，可书面督办"}


def test_what_is_missing_is_asked_again_with_the_selection_kept(
    cast: Cast, browser: Browser
) -> None:
    case = cast.case_at("awaiting_dispatch")

    answer = browser(cast.dispatcher).post(
        reverse("bulk_action", args=["dispatch"]), {"number": case.number, "go": "1", "lead": ""}
    )

    html = answer.content.decode()
    assert "请选择“主办单位”" in html
    assert f'value="{case.number}" checked' in html.replace("\n", " ") or case.number in html


def test_cases_of_others_are_not_taken_along(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("awaiting_acceptance")

    answer = browser(cast.police_handler).post(
        reverse("bulk_action", args=["accept"]), {"number": case.number, "go": "1"}
    )

    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.status == "awaiting_acceptance"


@pytest.mark.parametrize("action", ["approve", "sign_off", "call_back", "nonsense"])
def test_judgements_are_not_made_in_bulk(cast: Cast, browser: Browser, action: str) -> None:
    case = cast.case_at("awaiting_review")

    answer = browser(cast.reviewer).post(
        reverse("bulk_action", args=[action]), {"number": case.number, "go": "1"}
    )

    assert answer.status_code == 404


def test_every_bulk_action_is_one_of_the_table_with_its_grant() -> None:
    table = {t.action: t for t in BASE}

    assert {b.action: b.grant for b in BULK.values()} == {a: table[a].grant for a in BULK}
