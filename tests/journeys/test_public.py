"""What the public sees: danger first, and never a word that a resident wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.architecture.test_permission_matrix import NOBODY, TABLE, Route, routes
from tests.journeys import resident as residents
from tests.journeys.town import Town
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.journey

#: A sentence, a name, a phone, a door that stand nowhere else.
MARKER = "红嘴鸥衔走了玻璃弹珠"
SECRETS = (MARKER, "欧阳标记", "13912348765", "8765", "七十三栋四单元")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("厨房有很重的燃气味，头晕", ["119", "120"]),
        ("楼道着火了，有人被困在三楼", ["119"]),
        ("有人拿刀在小区门口打架", ["110"]),
    ],
    ids=["gas", "fire", "fight"],
)
def test_danger_shows_whom_to_ring_first_and_is_kept(
    town: Town, text: str, numbers: list[str]
) -> None:
    resident = town.passer_by()
    resident.go(f"/report/?place=c{town.cast.compound.pk}")
    resident.fill("一两句话就行", text)

    calls = resident.main.get_by_role("alert").filter(has_text="危险正在发生？先打电话")
    for number in numbers:
        expect(calls.get_by_role("link", name=re.compile(number))).to_be_visible()
    resident.looks_right()
    resident.press("下一步：怎么联系您")
    resident.press("送出反映")
    shown = residents.number_of(resident)

    for number in numbers:
        expect(calls.get_by_role("link", name=re.compile(number))).to_be_visible()
    above, below = calls.bounding_box(), resident.main.get_by_text(shown).first.bounding_box()
    assert above and below and above["y"] + above["height"] <= below["y"]
    resident.looks_right()


def test_words_that_only_sound_like_danger_ring_nobody(town: Town) -> None:
    resident = town.passer_by()
    resident.go(f"/report/?place=c{town.cast.compound.pk}")

    with resident.page.expect_response("**/report/look/"):
        resident.fill("一两句话就行", "火锅店的油烟熏得人上火，消防通道堆了杂物，火车站那边也一样")

    expect(resident.main.get_by_text("先打电话")).to_have_count(0)


def test_nothing_that_a_resident_wrote_is_public(town: Town) -> None:
    resident = town.passer_by()
    number = residents.report(
        resident, f"三栋漏水，{MARKER}，请尽快来修",
        about={"具体位置": SECRETS[4]},
        contact={"手机号": SECRETS[2], "怎么称呼您": SECRETS[1], "门牌": SECRETS[4]},
    )  # fmt: skip
    residents.follow(resident, number, tail="8765")
    resident.main.get_by_text("您当时反映的").click()
    resident.sees(MARKER)
    dispatcher = town.staff(town.cast.dispatcher)
    dispatcher.opens(number)
    dispatcher.sees(MARKER)
    dispatcher.act("派单", {"主办单位": "市住建局"}, then="待签收")

    neighbour = town.passer_by("neighbour")
    seen = set()
    with neighbour.refused(404, 405):
        for address in addresses(town, number):
            neighbour.go(address)
            seen.add(address)
            assert_silent(neighbour)
            for link in links(neighbour):
                if link not in seen:
                    seen.add(link)
                    neighbour.go(link)
                    assert_silent(neighbour)

    assert f"/track/{number}/" in seen and len(seen) > 15


def addresses(town: Town, number: str) -> Iterator[str]:
    """Every page that nobody in particular opens, and what somebody curious would try."""
    place, area = f"c{town.cast.compound.pk}", town.cast.community.pk
    yield from (r.address for r in _public_routes(number))
    yield from (f"/report/?place={place}", f"/report/?in={area}", f"/report/?q={MARKER}")
    yield f"/report/voice/?place={place}&category=漏水"
    yield from (f"/track/{number}/", f"/track/?number={number}", f"/report/done/{number}/")
    yield from (f"/work/cases/{number}/", f"/work/cases/?q={MARKER}", "/data/", "/q/nothing/")


def _public_routes(number: str) -> list[Route]:
    table = json.loads(TABLE.read_text())
    return [r for r in routes(number) if _opened_by_nobody(table.get(r.pattern, {}))]


def _opened_by_nobody(statuses: dict[str, object]) -> bool:
    for status, who in statuses.items():
        if isinstance(who, list) and NOBODY in who:
            return status == "200"
    return statuses.get("200") == "others"


def links(visitor: Visitor) -> list[str]:
    """Pages of this site that the page leads to."""
    hrefs: list[str] = visitor.page.evaluate(
        "() => Array.from(document.links).filter(a => a.origin === location.origin)"
        ".map(a => a.pathname + a.search)"
    )
    return [h for h in dict.fromkeys(hrefs) if not h.startswith("/static/")]


def assert_silent(visitor: Visitor) -> None:
    """Nothing of SECRETS in the page as it came, but what one typed into its address oneself."""
    content = visitor.page.content()
    here = visitor.page.url
    for secret in SECRETS:
        echoed = secret == MARKER and "q=" in here
        assert echoed or secret not in content, f"{secret} on {here}"
