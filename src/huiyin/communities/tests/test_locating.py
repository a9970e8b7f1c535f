"""Where compounds lie: typed, tapped or by a table, by posts of the area or the subdistrict."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.base.models import AuditRow
from huiyin.communities import selectors
from huiyin.communities.tests.conftest import Browser
from huiyin.org.models import Compound
from huiyin.org.rules import datums
from tests.cast import FIRST, Cast

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())
HERE = (Decimal("28.62931"), Decimal("104.41600"))


def compound(cast: Cast, name: str, **more: Any) -> Compound:
    return Compound.objects.create(name=name, community=cast.community, valid_from=FIRST, **more)


def page_of(cast: Cast) -> str:
    return reverse("compound_point", args=[cast.compound.pk])


def point(cast: Cast) -> tuple[Decimal | None, Decimal | None]:
    cast.compound.refresh_from_db()
    return cast.compound.latitude, cast.compound.longitude


@pytest.fixture
def clerk(cast: Cast, browser: Browser) -> Client:
    return browser(cast.clerk)


# -- one by one --------------------------------------------------------------------------------
def test_a_typed_point_is_kept_with_an_audit_row(cast: Cast, clerk: Client) -> None:
    answer = clerk.post(page_of(cast), {"latitude": "28.62931", "longitude": "104.416",
                                        "datum": "wgs84"}, follow=True)  # fmt: skip

    assert point(cast) == HERE
    assert "已保存新天地小区：纬度 28.62931，经度 104.41600" in answer.content.decode()
    row = AuditRow.objects.get(action="compound_located")
    assert row.subject == f"compound:{cast.compound.pk}"


def test_a_point_of_another_map_is_converted(cast: Cast, clerk: Client) -> None:
    lat, lng = datums.wgs_to_gcj(float(HERE[0]), float(HERE[1]))

    clerk.post(page_of(cast), {"latitude": f"{lng:.6f},{lat:.6f}", "datum": "gcj02"})

    assert point(cast) == HERE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"latitude": "", "longitude": ""}, "请写纬度，或在地图上点"),
        ({"latitude": "28.6"}, "请把纬度和经度都写上"),
        ({"latitude": "39.9042", "longitude": "116.4074"}, "不在昭通市范围内"),
    ],
)
def test_a_bad_point_is_refused_and_what_was_typed_stays(
    cast: Cast, clerk: Client, typed: dict[str, str], said: str
) -> None:
    page = clerk.post(page_of(cast), {"datum": "bd09", **typed}).content.decode()

    assert said in page
    assert point(cast) == (None, None)
    assert f'value="{typed["latitude"]}"' in page or not typed["latitude"]
    chosen = next(tag for tag in page.split("<input")[1:] if 'value="bd09"' in tag.split(">")[0])
    assert "checked" in chosen.split(">")[0]


def test_the_next_one_without_a_point_follows(cast: Cast, clerk: Client) -> None:
    following = compound(cast, "隔壁小区")

    answer = clerk.post(page_of(cast), {"latitude": "28.62931", "longitude": "104.416",
                                        "datum": "wgs84", "on": "1"})  # fmt: skip

    assert answer["Location"] == reverse("compound_point", args=[following.pk])


def test_a_point_far_from_its_community_is_saved_with_a_question(cast: Cast, clerk: Client) -> None:
    compound(cast, "隔壁小区", latitude=HERE[0], longitude=HERE[1])

    page = clerk.post(page_of(cast), {"latitude": "28.3", "longitude": "104.416",
                                      "datum": "wgs84"}, follow=True).content.decode()  # fmt: skip

    assert "公里，请核对有没有写错" in page


def test_a_point_can_be_taken_away(cast: Cast, clerk: Client) -> None:
    Compound.objects.filter(pk=cast.compound.pk).update(latitude=HERE[0], longitude=HERE[1])

    clerk.post(page_of(cast), {"act": "clear"})

    assert point(cast) == (None, None)


def test_without_javascript_only_the_map_is_missing(cast: Cast, clerk: Client) -> None:
    page = clerk.get(page_of(cast)).content.decode()

    box = page.split('class="hy-point')[1].split(">")[0]
    assert "hidden" not in box
    button = page.split("data-point-open")[1].split(">")[0]
    assert "hidden" in button


def test_the_map_begins_in_the_middle_of_the_city_where_nothing_is_known(
    cast: Cast, clerk: Client
) -> None:
    around = json.loads(clerk.get(reverse("compound_map", args=[cast.compound.pk])).content)

    assert around["centre"] == pytest.approx([27.625, 104.1])
    assert around["places"] == []


# -- who ---------------------------------------------------------------------------------------
def test_posts_of_the_area_and_the_subdistrict_locate_and_a_department_does_not(
    cast: Cast,
) -> None:
    day = FIRST

    def seen(post: Any) -> list[str]:
        return [c.name for c in selectors.locatable([post], day=day)]

    assert seen(cast.clerk) == seen(cast.other_handler) == ["新天地小区"]
    assert seen(cast.handler) == seen(cast.leader) == seen(cast.firm_manager) == []


def test_a_clerk_of_another_community_gets_404(cast: Cast, browser: Browser) -> None:
    other = Compound.objects.create(name="外区小区", community=cast.county, valid_from=FIRST)

    answer = browser(cast.clerk).get(reverse("compound_point", args=[other.pk]))

    assert answer.status_code == 404


def test_a_department_is_told_who_does_it(cast: Cast, browser: Browser) -> None:
    answer = browser(cast.handler).get(reverse("compound_list"))

    assert answer.status_code == 403
    assert "给小区定位的是街道、社区和统计岗位" in answer.content.decode()


# -- a table -----------------------------------------------------------------------------------
def table(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return SimpleUploadedFile("坐标.xlsx", buffer.getvalue())


def send(client: Client, *rows: tuple[Any, ...], datum: str = "wgs84") -> Any:
    return client.post(
        reverse("coordinates_import"), {"file": table(*rows), "datum": datum}, follow=True
    )


def test_a_table_with_two_columns_of_numbers(cast: Cast, clerk: Client) -> None:
    compound(cast, "隔壁小区")

    page = send(clerk, ("云富街道小区坐标", "", "", ""), ("经度", "纬度", "小区名称", "所属社区"),
                (104.416, 28.62931, "新天地小区", "团结路社区"), ("", "", "隔壁小区", ""))  # fmt: skip

    assert point(cast) == HERE
    assert "读入 1 行：新定位 1，改动 0，相同 0；1 行没有填坐标" in page.content.decode()


def test_a_table_with_one_column_of_pairs_and_a_datum_for_each_row(
    cast: Cast, clerk: Client
) -> None:
    lat, lng = datums.wgs_to_gcj(float(HERE[0]), float(HERE[1]))

    send(clerk, ("小区", "经纬度", "坐标系"), ("新天地小区", f"{lng:.6f},{lat:.6f}", "高德"))

    assert point(cast) == HERE


def test_the_same_table_twice_changes_nothing(cast: Cast, clerk: Client) -> None:
    rows = (("小区", "纬度", "经度"), ("新天地小区", "28.62931", "104.416"))
    send(clerk, *rows)

    page = send(clerk, *rows)

    assert "新定位 0，改动 0，相同 1" in page.content.decode()
    assert AuditRow.objects.filter(action="compound_located").count() == 1


def test_refused_rows_come_back_with_their_reasons_and_the_rest_is_kept(
    cast: Cast, clerk: Client, tmp_path: Path
) -> None:
    answer = send(
        clerk, ("小区", "社区", "纬度", "经度", "坐标系"),
        ("新天地小区", "", "28.62931", "104.416", ""),
        ("没有的小区", "", "28.62931", "104.416", ""),
        ("新天地小区", "城北社区", "28.6", "104.4", ""),
        ("新天地小区", "", "39.9", "116.4", ""),
        ("新天地小区", "", "28.6", "104.4", "西安80"),
        ("新天地小区", "", "28.6", "", ""),
    )  # fmt: skip

    (tmp_path / "receipt.xlsx").write_bytes(answer.content)
    book = openpyxl.load_workbook(tmp_path / "receipt.xlsx")
    reasons = [row[0] for row in book["拒绝"].iter_rows(min_row=2, values_only=True)]
    assert point(cast) == HERE
    assert [str(r)[:12] for r in reasons] == [
        "您的范围内没有小区“没有", "“新天地小区”不在城北社", "这个点不在昭通市范围内，", "坐标系“西安80”没认出",
        "请把纬度和经度都写上，如",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        (("小区", "户数"), "还要有“纬度”“经度”两列"),
        (("小区", "社区"), "没有“纬度”和“经度”两列"),
        (("纬度", "经度"), "没有“小区”这一列"),
    ],
)
def test_a_table_without_the_columns_says_which_there_are(
    cast: Cast, clerk: Client, heading: tuple[str, ...], said: str
) -> None:
    page = send(clerk, heading, ("新天地小区", "3")).content.decode()

    assert said in page


def test_the_blank_table_names_those_without_a_point(cast: Cast, clerk: Client) -> None:
    compound(cast, "隔壁小区", latitude=HERE[0], longitude=HERE[1])

    book = openpyxl.load_workbook(BytesIO(clerk.get(reverse("coordinates_template")).content))

    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert rows[0] == ("小区", "社区", "纬度", "经度", "坐标系")
    assert [row[:2] for row in rows[1:]] == [("新天地小区", "团结路社区")]


# -- the list ----------------------------------------------------------------------------------
def test_the_list_begins_with_what_is_still_to_do(cast: Cast, clerk: Client) -> None:
    compound(cast, "隔壁小区", latitude=HERE[0], longitude=HERE[1])

    def names(query: str) -> list[str]:
        page = clerk.get(reverse("compound_list") + query).content.decode()
        return [n for n in ("新天地小区", "隔壁小区") if n in page]

    assert names("") == ["新天地小区"]
    assert names("?part=done") == ["隔壁小区"]
    assert names("?part=all&q=团结路") == ["新天地小区", "隔壁小区"]
    assert names("?part=all&q=没有") == []


def test_the_list_asks_as_often_for_many_as_for_one(cast: Cast, clerk: Client) -> None:
    clerk.get(reverse("compound_list"))
    asked = []
    for first, last in ((0, 1), (1, 60)):
        for n in range(first, last):
            compound(cast, f"小区{n}")
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(reverse("compound_list")).status_code == 200
        asked.append(len(queries))

    assert asked == [COUNTS["compound_list"]] * 2
