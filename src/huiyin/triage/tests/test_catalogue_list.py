"""The page 派单目录: rows are added, changed, ended; suggestions follow; a community never leads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.base import clock
from huiyin.base.kept import forget_all
from huiyin.base.models import AuditRow
from huiyin.org.models import Account
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.models import CatalogueRow
from huiyin.triage.services import catalogue_defaults, seeding, suggesting
from tests.cast import DAY as NOW
from tests.cast import Cast

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())
TODAY = NOW.date()
SEEDED = TODAY - timedelta(days=30)
LATER = TODAY + timedelta(days=5)
Browser = Callable[[ActingPost], Client]

NOISE = {
    "matter": "噪音", "keywords": "噪音、扰民", "lead_1": "enforcement", "when_1": "都先由综合执法",
    "words_1": "", "lead_2": "police", "when_2": "打架的", "words_2": "打架、报警",
    "support": ["community"], "categories_": "社会生活噪声", "urgency": "normal",
    "deadline": "1 日", "how_to_tell": "声源", "from_day": TODAY.isoformat(),
    "basis": "街道 9 月 30 日会议纪要",
}  # fmt: skip


@pytest.fixture
def browser(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Browser:
    """A browser of a post, with the starter catalogue, on the day of the cast."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    seeding.seed(NOW - timedelta(days=30))
    forget_all()

    def signed_in(post: ActingPost) -> Client:
        account = Account.objects.create(person_id=post.person_id, username=f"p{post.person_id}")
        client = Client()
        client.force_login(account, "huiyin.org.backends.AccountBackend")
        return client

    return signed_in


def listed(client: Client, **query: str) -> list[str]:
    rows = client.get("/work/catalogue/", query).context["rows"]
    return [row.matter for row, *_ in rows]


def lead_for(text: str, *, day: date = TODAY) -> str:
    forget_all()
    return suggesting.suggest(text=text, day=day).units[0].function


def save(client: Client, code: str, **given: Any) -> Any:
    return client.post(f"/work/catalogue/{code}/", {**NOISE, **given})


def test_the_list_is_narrowed_by_words_category_and_function(cast: Cast, browser: Browser) -> None:
    client = browser(cast.dispatcher)

    assert "噪音" in listed(client)
    assert listed(client, q="广场舞") == ["噪音"]
    assert listed(client, category="电梯故障") == ["电梯困人、故障"]
    assert listed(client, function="education") == ["入学与学校"]
    assert listed(client, show="ended") == []
    assert "管道漏水（共用管）" in listed(client, function="community")


def test_a_changed_row_is_what_suggestions_are_made_from(cast: Cast, browser: Browser) -> None:
    client = browser(cast.dispatcher)
    assert lead_for("广场舞噪音扰民") == "police"

    answer = save(client, "noise")

    assert answer.headers["Location"] == "/work/catalogue/"
    assert lead_for("广场舞噪音扰民") == "enforcement"
    assert lead_for("广场舞噪音扰民", day=TODAY - timedelta(days=1)) == "police"
    old, new = CatalogueRow.objects.filter(code="noise").order_by("pk")
    assert (old.valid_to, new.valid_from) == (TODAY - timedelta(days=1), TODAY)
    assert new.leads[1] == {"function": "police", "when": "打架的", "words": ["打架", "报警"]}
    assert (new.origin, new.document) == ("街道 9 月 30 日会议纪要（待本地确认）", "")
    row = AuditRow.objects.get(action="catalogue_changed")
    assert row.subject == "catalogue:noise"
    assert "主办 综合执法 / 公安" in row.reason


def test_a_change_for_later_leaves_todays_suggestions(cast: Cast, browser: Browser) -> None:
    save(browser(cast.supervisor), "noise", from_day=LATER.isoformat())

    assert lead_for("广场舞噪音扰民") == "police"
    assert lead_for("广场舞噪音扰民", day=LATER) == "enforcement"


def test_a_report_of_before_the_catalogue_was_seeded_gets_its_starter_row(
    cast: Cast, browser: Browser
) -> None:
    save(browser(cast.dispatcher), "noise")

    assert lead_for("广场舞噪音扰民", day=SEEDED - timedelta(days=300)) == "police"


def test_a_community_never_leads_and_the_page_says_what_to_do(cast: Cast, browser: Browser) -> None:
    page = save(browser(cast.dispatcher), "noise", lead_1="community")

    html = page.content.decode()
    assert "社区只能协助，不能主办：请选街道（乡镇）主办，把社区勾在协办里" in html
    assert 'value="街道 9 月 30 日会议纪要"' in html
    assert CatalogueRow.objects.filter(code="noise").count() == 1


@pytest.mark.parametrize(("given", "said"), [
    ({"lead_1": ""}, "请选择首选的主办职能"),
    ({"basis": ""}, "请填写“依据”"),
    ({"lead_2": "enforcement"}, "综合执法写了两次"),
    ({"categories_": "天文"}, "类别树里没有“天文”"),
    ({"keywords": "字" * 21}, "太长"),
    ({"from_day": SEEDED.isoformat()}, "生效日须晚于"),
])  # fmt: skip
def test_what_makes_no_sense_is_said_and_nothing_is_saved(
    cast: Cast, browser: Browser, given: dict[str, str], said: str
) -> None:
    page = save(browser(cast.dispatcher), "noise", **given)

    assert said in page.content.decode()
    assert CatalogueRow.objects.filter(code="noise").count() == 1


def test_a_matter_of_ones_own_is_added_once(cast: Cast, browser: Browser) -> None:
    client = browser(cast.dispatcher)
    own = {**NOISE, "matter": "无人机扰民", "keywords": "无人机", "categories_": ""}

    client.post("/work/catalogue/new/", own)
    again = client.post("/work/catalogue/new/", own)

    assert CatalogueRow.objects.get(matter="无人机扰民").code == "local_1"
    assert lead_for("有人在小区放无人机") == "enforcement"
    assert "派单目录已有“无人机扰民”" in again.content.decode()


def test_an_ended_row_is_kept_to_be_read_and_suggests_nothing(cast: Cast, browser: Browser) -> None:
    client = browser(cast.dispatcher)
    address = "/work/catalogue/noise/end/"
    refused = client.post(address, {"last_day": TODAY.isoformat(), "basis": ""})
    assert "没有停用：请填写最后一天和依据" in refused.content.decode()

    client.post(address, {"last_day": (TODAY - timedelta(days=1)).isoformat(), "basis": "纪要"})

    assert listed(client, show="ended") == ["噪音"]
    assert "噪音" not in listed(client)
    forget_all()
    found = suggesting.suggest(text="广场舞噪音扰民", day=TODAY)
    assert found.matter != "noise"
    assert client.get("/work/catalogue/noise/").status_code == 404


def test_a_changed_row_waits_until_it_is_confirmed(cast: Cast, browser: Browser) -> None:
    client = browser(cast.dispatcher)
    save(client, "noise")
    assert "噪音" in listed(client, show="waiting")

    catalogue_defaults.confirm(
        key="noise", document="水政办〔2026〕9号", confirmed_on=TODAY, by_name="甲"
    )

    assert "噪音" not in listed(client, show="waiting")
    assert "水政办〔2026〕9号" in client.get("/work/catalogue/", {"q": "噪音"}).content.decode()


def test_only_those_who_dispatch_or_supervise_see_it(cast: Cast, browser: Browser) -> None:
    assert browser(cast.handler).get("/work/catalogue/").status_code == 403


def test_the_list_asks_as_often_as_recorded(cast: Cast, browser: Browser) -> None:
    client = browser(cast.dispatcher)
    client.get("/work/catalogue/")

    with CaptureQueriesContext(connection) as queries:
        client.get("/work/catalogue/")

    assert len(queries) == COUNTS["catalogue_list"]
