"""QR codes of compounds on paper: which, whose, what the code holds, what the sheet says."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from huiyin.base.kept import forget_all
from huiyin.base.models import Link
from huiyin.org.models import Area, Building, Compound
from huiyin.portal.rules import posters
from huiyin.portal.tests.conftest import Browser
from tests.cast import DAY, FIRST, Cast

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())
LIST, SHEET = "/work/posters/", "/work/posters/print/"
SITE = "https://huiyin.example.gov.cn"


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.HUIYIN_PUBLIC_URL = SITE


def compound(cast: Cast, name: str, community: Area | None = None, **more: Any) -> Compound:
    return Compound.objects.create(
        name=name, community=community or cast.community, valid_from=FIRST, **more
    )


def elsewhere(cast: Cast) -> Area:
    """安江社区, in the same subdistrict."""
    area = Area.objects.create(code="530681001005", name="安江社区", kind="community",
                               parent=cast.subdistrict, valid_from=FIRST)  # fmt: skip
    area.path = f"{cast.subdistrict.path}{area.pk}/"
    area.save(update_fields=["path"])
    return area


def printed(client: Any, **chosen: Any) -> str:
    answer = client.post(LIST, chosen, follow=True)
    page: str = answer.content.decode()
    return page


def test_the_sheet_says_how_without_the_code(cast: Cast, browser: Browser) -> None:
    page = printed(browser(cast.desk), compound=cast.compound.pk)

    link = Link.objects.get()
    assert (link.kind, link.target_id, link.made_at) == ("compound", cast.compound.pk, DAY)
    assert "有事扫码说，件件有回音" in page
    assert "不扫码也可以：打电话、找社区" in page
    assert "0870-8630000" in page
    assert f"{SITE}/q/{link.token}" in page
    assert f'src="/work/posters/{link.token}.svg"' in page


def test_the_code_decodes_to_the_link_of_its_place(cast: Cast, browser: Browser) -> None:
    """There is no reader among our parts: every module is compared with the link's own code."""
    client = browser(cast.desk)
    printed(client, compound=cast.compound.pk)
    token = Link.objects.get().token

    picture = Image.open(BytesIO(client.get(f"/work/posters/{token}.png").content)).convert("L")

    wanted = segno.make(f"{SITE}/q/{token}", error="q", micro=False, boost_error=False).matrix
    size, scale, border = len(wanted), 10, 4
    assert picture.size == ((size + 2 * border) * scale,) * 2
    read = [
        [
            picture.getpixel(((x + border) * scale + 5, (y + border) * scale + 5)) < 128
            for x in range(size)
        ]
        for y in range(size)
    ]
    assert read == [[bool(module) for module in row] for row in wanted]


def test_opening_the_link_presets_the_place(cast: Cast, browser: Browser) -> None:
    client = browser(cast.desk)
    printed(client, compound=cast.compound.pk)

    opened = client.get(f"/q/{Link.objects.get().token}", follow=True)

    assert f'value="c{cast.compound.pk}"' in opened.content.decode()
    assert "新天地小区" in opened.content.decode()


def test_a_link_is_made_once_and_stays(cast: Cast, browser: Browser) -> None:
    client = browser(cast.desk)

    for _ in range(2):
        printed(client, compound=cast.compound.pk)

    assert Link.objects.count() == 1


def test_looking_makes_no_link(cast: Cast, browser: Browser) -> None:
    client = browser(cast.desk)

    client.get(LIST)
    sheet = client.get(SHEET, {"c": cast.compound.pk}, follow=True)

    assert not Link.objects.exists()
    assert "还没有二维码" in sheet.content.decode()


def test_each_building_has_a_code_of_its_own_where_wanted(cast: Cast, browser: Browser) -> None:
    for name in ("1栋", "2栋"):
        Building.objects.create(compound=cast.compound, name=name)

    page = printed(browser(cast.desk), compound=cast.compound.pk, buildings="yes")

    assert re.findall("<h2>(.*?)</h2>", page) == ["新天地小区", "新天地小区1栋", "新天地小区2栋"]
    assert Link.objects.filter(kind="building").count() == 2


def test_a_whole_community_is_printed_at_once(cast: Cast, browser: Browser) -> None:
    compound(cast, "隔壁小区", pinyin="gebi")
    compound(cast, "远处小区", elsewhere(cast))

    page = printed(browser(cast.desk), whole=cast.community.pk)

    assert re.findall("<h2>(.*?)</h2>", page) == ["新天地小区", "隔壁小区"]


def test_six_stickers_share_a_page(cast: Cast, browser: Browser) -> None:
    for n in range(7):
        compound(cast, f"第{n}小区")

    page = printed(browser(cast.desk), whole=cast.community.pk, **{"as": "stickers"})

    assert page.count('class="hy-sheet hy-sheet--stickers"') == 2
    assert page.count("<article") == 8


def test_a_community_prints_its_own_compounds_only(cast: Cast, browser: Browser) -> None:
    far = compound(cast, "远处小区", elsewhere(cast))
    client = browser(cast.clerk)

    page = client.get(LIST).content.decode()
    printed(client, compound=far.pk)

    assert "新天地小区" in page
    assert "远处小区" not in page
    assert not Link.objects.exists()


def test_nothing_chosen_is_said(cast: Cast, browser: Browser) -> None:
    assert "还没有选小区" in printed(browser(cast.desk))


@pytest.mark.parametrize("address", [LIST, SHEET, "/work/posters/ABCDEFG.svg"])
def test_who_files_nothing_prints_nothing(cast: Cast, browser: Browser, address: str) -> None:
    assert browser(cast.handler).get(address).status_code == 403


def test_a_withdrawn_link_has_no_picture(cast: Cast, browser: Browser) -> None:
    Link.objects.create(token="XTD2345", kind="compound", target_id=cast.compound.pk,
                        label="新天地小区", made_at=DAY, withdrawn_at=DAY)  # fmt: skip

    assert browser(cast.desk).get("/work/posters/XTD2345.svg").status_code == 404
    assert browser(cast.desk).get("/work/posters/XTD2345.exe").status_code == 404


def test_two_hundred_compounds_come_by_the_page(cast: Cast, browser: Browser) -> None:
    cast.compound.delete()
    for n in range(200):
        compound(cast, f"小区{n:03}", pinyin=f"xq {n:03}")
    client = browser(cast.desk)

    first = client.get(LIST).content.decode()
    onward = re.search(r'href="([^"]*after=[^"]*)"', first)
    assert onward
    second = client.get(onward[1].replace("&amp;", "&")).content.decode()
    back = re.search(r'href="([^"]*before=[^"]*)"', second)
    assert back
    again = client.get(back[1].replace("&amp;", "&")).content.decode()

    assert "共 200" in first
    assert [re.findall(r"小区\d+", page)[::49] for page in (first, second, again)] == [
        ["小区000", "小区049"], ["小区050", "小区099"], ["小区000", "小区049"],
    ]  # fmt: skip


@pytest.mark.parametrize("n", [1, 60])
def test_the_list_asks_a_bounded_number_of_times(cast: Cast, browser: Browser, n: int) -> None:
    for k in range(n):
        compound(cast, f"小区{k}")
    client = browser(cast.desk)
    client.get(LIST)
    forget_all()

    with CaptureQueriesContext(connection) as queries:
        assert client.get(LIST).status_code == 200

    assert len(queries) == COUNTS["poster_list"]


def test_without_an_address_of_the_site_the_page_warns(
    cast: Cast, browser: Browser, settings: Any
) -> None:
    settings.HUIYIN_PUBLIC_URL = ""

    page = browser(cast.desk).get(LIST).content.decode()

    assert "http://testserver" in page
    assert "先不要印" in page


def test_long_names_are_set_smaller() -> None:
    sizes = [posters.Poster("T", "长" * n, "", "").size for n in (8, 9, 16, 17, 60)]

    assert sizes == ["huge", "large", "large", "long", "long"]
