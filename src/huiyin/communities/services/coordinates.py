"""A table of coordinates becomes points of compounds, with a receipt for each row.

Columns in any order; latitude and longitude apart or in one cell; the datum in a column of its own
or said for the whole file. A row without coordinates is left alone: it is still to be filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huiyin.communities.selectors import locatable, may_locate
from huiyin.documents.rules import receipts
from huiyin.documents.rules.blank_sheets import BlankColumn
from huiyin.documents.rules.headers import FieldSpec
from huiyin.documents.rules.sheets import Row, Table, read_table, shown
from huiyin.org.models import Compound
from huiyin.org.rules import datums, points
from huiyin.org.rules.grants import ActingPost
from huiyin.org.rules.points import Point, PointElsewhere
from huiyin.org.services import locating

COMPOUND = FieldSpec(
    "compound", "小区", ("小区名称", "小区（院落）", "名称", "物业小区"), required=True
)
COMMUNITY = FieldSpec("community", "社区", ("所属社区", "社区（村）", "村（社区）", "社区名称"))
LATITUDE = FieldSpec("latitude", "纬度", ("lat", "latitude", "北纬", "y", "纬度坐标", "Y坐标"))
LONGITUDE = FieldSpec(
    "longitude", "经度", ("lng", "lon", "longitude", "东经", "x", "经度坐标", "X坐标")
)
PAIR = FieldSpec("pair", "经纬度", ("坐标", "经纬度坐标", "位置坐标", "地理坐标", "坐标点"))
DATUM = FieldSpec("datum", "坐标系", ("坐标类型", "坐标来源", "地图来源"))
FIELDS = (COMPOUND, COMMUNITY, LATITUDE, LONGITUDE, PAIR, DATUM)
BLANK = (
    BlankColumn(COMPOUND, "小区的名称，与系统里一样", 24),
    BlankColumn(COMMUNITY, "同名小区不止一个时要写", 20),
    BlankColumn(LATITUDE, "小数度，如 27.34012"),
    BlankColumn(LONGITUDE, "小数度，如 103.71953"),
    BlankColumn(DATUM, "坐标从哪种地图来：WGS-84、高德、腾讯、百度；不写按上传时选的"),
)
MOST_ROWS = 20_000


class NoCoordinates(ValueError):
    """The table has no column of coordinates. The message says which there are."""


@dataclass
class Located:
    """What a file came to: rows read, points new, changed, the same, refused, cells left empty."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    empty: int = 0


def carry_out(
    path: Path, receipt: Path, *, datum: str, posts: Sequence[ActingPost], at: datetime,
    address: str, name: str,
) -> Located:  # fmt: skip
    """Read the file row by row. Raises UnreadableTable, HeaderNotFound, NoCoordinates."""
    done = Located()
    with read_table(path, FIELDS) as table:
        _refuse_missing(table)
        known = _Known(posts, at)
        with receipts.ReceiptWriter(receipt, columns=table.headings, source=name) as written:
            for row in table.rows:
                if done.read >= MOST_ROWS:
                    break
                outcome, reason = _one(row, known, datum, at, address)
                if outcome == "empty":
                    done.empty += 1
                    continue
                done.read += 1
                setattr(done, outcome, getattr(done, outcome) + 1)
                written.write(row.number, row.cells, outcome, reason=reason)
    return done


class _Known:
    """Compounds that these posts may locate, by name; which post does it."""

    def __init__(self, posts: Sequence[ActingPost], at: datetime) -> None:
        self.posts = [p for p in posts if may_locate(p)]
        self.by_name: dict[str, list[Compound]] = {}
        for compound in locatable(posts, day=at.date()):
            for said in (compound.name, *compound.aliases.split("、")):
                if said:
                    self.by_name.setdefault(_bare(said), []).append(compound)

    def find(self, name: str, community: str) -> tuple[Compound | None, str]:
        """(compound, "") or (None, why not)."""
        if not name:
            return None, "没有写小区"
        found = list({c.pk: c for c in self.by_name.get(_bare(name), ())}.values())
        if community:
            wanted = _bare(community).removesuffix("居民委员会").removesuffix("居委会")
            here = [
                c for c in found if _bare(c.community.name).startswith(wanted.removesuffix("社区"))
            ]
            if found and not here:
                return (
                    None,
                    f"“{name}”不在{community}，在{'、'.join(c.community.name for c in found)}",
                )
            found = here
        if not found:
            return None, f"您的范围内没有小区“{name}”，请核对名称，或请管理员先建"
        if len(found) > 1:
            return (
                None,
                f"有 {len(found)} 个“{name}”，请写明社区：{'、'.join(c.community.name for c in found)}",
            )
        return found[0], ""


def _bare(text: str) -> str:
    return "".join(text.split()).replace("（", "(").replace("）", ")")


def _one(row: Row, known: _Known, datum: str, at: datetime, address: str) -> tuple[str, str]:
    """(outcome, reason) of one row; “empty” where nothing is filled in."""
    said = {name: shown(value).strip() for name, value in row.values.items()}
    first = said.get("pair") or said.get("latitude", "")
    second = "" if said.get("pair") else said.get("longitude", "")
    if not first and not second:
        return "empty", ""
    own = said.get("datum", "")
    datum = (datums.datum_of(own) or "") if own else datum
    if not datum:
        return receipts.REFUSED, f"坐标系“{own}”没认出来，请写 WGS-84、高德、腾讯或百度"
    compound, wrong = known.find(said.get("compound", ""), said.get("community", ""))
    if compound is None:
        return receipts.REFUSED, wrong
    try:
        point = points.typed(first, second)
        before = (compound.latitude, compound.longitude)
        if point is not None and before == _pair(datums.to_wgs84(point, datum)):
            return receipts.SAME, ""
        locating.locate(compound=compound, point=point, datum=datum, by=known.posts[0], at=at,
                        address=address)  # fmt: skip
    except PointElsewhere as error:
        return receipts.REFUSED, str(error)
    return (receipts.NEW if before[0] is None else receipts.CHANGED), ""


def _pair(point: Point) -> tuple[object, object]:
    return point.latitude, point.longitude


def _refuse_missing(table: Table) -> None:
    there = "、".join(t for t in table.headings if t)
    if "compound" not in table.columns:
        raise NoCoordinates(f"表里没有“小区”这一列；有：{there}")
    if "pair" not in table.columns and not {"latitude", "longitude"} <= set(table.columns):
        raise NoCoordinates(f"表里没有“纬度”和“经度”两列，也没有“经纬度”一列；有：{there}")
