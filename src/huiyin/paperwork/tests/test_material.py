"""提法: last year's headings with this year's numbers, each from its rows."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from huiyin.base import clock
from huiyin.org.models import Account, Area
from huiyin.org.rules.grants import ActingPost
from huiyin.registers import registry
from huiyin.registers.services import writing
from huiyin.registers.services.reading import Reader
from huiyin.registers.services.writing import RowRefused, Source
from tests.cast import DAY, Cast

PAGE = "/work/materials/"
PHRASES = registry.get("phrases")


def enter(cast: Cast, **raw: str) -> None:
    reader = Reader(PHRASES, Area.objects.get(pk=cast.leader.area_id), DAY.date())
    values, area, problems = reader.row({"frame": "三级联动", "valid_from": "2026-01-01", **raw})
    assert not problems
    assert area is not None
    writing.write(PHRASES, values, area_id=area, source=Source(cast.leader, DAY))


@pytest.fixture
def leader(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: DAY)
    monkeypatch.setattr(clock, "today", lambda: DAY.date())
    return _client(cast.leader)


def _client(post: ActingPost) -> Client:
    account, _ = Account.objects.get_or_create(
        person_id=post.person_id, defaults={"username": f"p{post.person_id}"}
    )
    client = Client()
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    return client


def test_a_heading_gets_the_numbers_of_the_period(cast: Cast, leader: Client) -> None:
    enter(cast, part="市委统", indicator="诉求受理", wording="本期受理群众诉求{数}，件件有回音")
    enter(cast, part="镇街联", indicator="resolution_rate")
    cast.report("水管漏水")

    page = leader.get(PAGE)

    assert [line.words for line in page.context["lines"]] == [
        "本期受理群众诉求1件，件件有回音。", "解决率暂无数据。",
    ]  # fmt: skip
    assert "1 行" in page.content.decode()


def test_word_says_what_the_page_says(cast: Cast, leader: Client) -> None:
    enter(cast, part="市委统", indicator="诉求受理")
    cast.report("水管漏水")

    word = Document(BytesIO(leader.get(PAGE, {"as": "docx"}).content))

    texts = [p.text for p in word.paragraphs]
    assert "市委统" in texts
    assert "诉求受理1件。" in texts


def test_a_heading_that_is_no_longer_used_is_not_offered(cast: Cast, leader: Client) -> None:
    enter(cast, part="市委统", indicator="诉求受理", valid_to="2026-06-30")

    assert "还没有登记提法" in leader.get(PAGE).content.decode()


def test_a_number_beyond_the_post_is_said_and_not_shown(cast: Cast, leader: Client) -> None:
    enter(cast, part="社区拢", indicator="在册双报到党员")

    assert leader.get(PAGE).context["lines"][0].words == "在册双报到党员：您的岗位无权查看"


def test_a_number_that_does_not_exist_is_refused(cast: Cast) -> None:
    with pytest.raises(RowRefused, match="没有指标“办结率”"):
        enter(cast, part="市委统", indicator="办结率")
