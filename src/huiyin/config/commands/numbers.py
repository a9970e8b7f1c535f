"""huiyin indicators · huiyin indicator CODE --place CODE --period P [--by kind:complaint] [--rows]: numbers with their rows.

Without --as only civic numbers are answered (design §6: the default person has no party grant).
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Any

from huiyin.config.command import Answer, CouldNot, ready
from huiyin.config.commands.ledgers import acting_as

if TYPE_CHECKING:
    from huiyin.indicators.registry import Indicator, Slice


def declare(parser: argparse.ArgumentParser, name: str) -> None:
    if name == "indicators":
        return
    parser.add_argument("code", metavar="CODE", help="指标代码，huiyin indicators 列出")
    parser.add_argument("--place", required=True, metavar="CODE", help="区划代码")
    parser.add_argument("--period", required=True, metavar="P", help="如 2026、2026Q3、@2026-06-30")
    parser.add_argument(
        "--by", default="", metavar="D:V", help="只看一类，如 kind:complaint、性质:投诉"
    )
    parser.add_argument("--rows", action="store_true", help="连同明细")
    parser.add_argument("--as", dest="login", default="", metavar="LOGIN", help="以谁的账号")


def run(options: argparse.Namespace) -> Answer:
    if not hasattr(options, "code"):
        return _listed()
    ready()
    from huiyin.indicators import registry
    from huiyin.indicators.services import computing

    try:
        indicator = registry.get(options.code)
    except KeyError:
        raise CouldNot(f"没有指标 {options.code}；huiyin indicators 列出全部") from None
    if options.login:
        acting_as(options.login, indicator.grant, "查看")
    elif indicator.realm != "civic":
        raise CouldNot("这个指标须用 --as 写明以谁的账号查看")
    part = _cut(indicator, _slice(options.place, options.period), options.by)
    value = computing.compute(indicator, part)
    data: dict[str, Any] = {
        "code": indicator.code, "label": indicator.label,
        "value": None if value.value is None else float(value.value),
        "unit": indicator.measure.word, "lower_bound": bool(value.approximate), "n": value.n,
        "hits": value.hits, "by": ":".join(part.by) if part.by else "", "basis": f"{indicator.definition}；{indicator.basis}",
    }  # fmt: skip
    if options.rows:
        data["rows"] = _rows(indicator, part)
    words = f"{value.words} {indicator.measure.word}" + (
        "（含约数，下限）" if value.approximate else ""
    )
    return Answer(
        data, [f"{indicator.label}：{words}（{value.n} 行）", f"口径：{indicator.definition}"]
    )


def _listed() -> Answer:
    """Every number with its definition, as the values of this installation have it."""
    ready()
    from huiyin.indicators import registry

    found = sorted(registry.all_indicators(), key=lambda i: i.code)
    data = [
        {"code": i.code, "label": i.label, "unit": i.measure.word, "formula": i.definition,
         "basis": i.basis, "since": i.since.isoformat(), "version": i.version, "stock": i.stock,
         "dimensions": [d.code for d in i.dimensions], "terms": list(i.terms)}
        for i in found
    ]  # fmt: skip
    return Answer(
        {"indicators": data}, [f"{i.code:<24}{i.label}（{i.measure.word}）" for i in found]
    )


def _slice(place: str, period: str) -> Slice:
    from huiyin.base import clock
    from huiyin.indicators.registry import Slice
    from huiyin.indicators.rules import periods
    from huiyin.org import selectors

    try:
        area, asked = selectors.area_at(place, clock.today()), periods.parse(period)
    except (selectors.AreaNotFound, periods.UnknownPeriod) as error:
        raise CouldNot(str(error)) from None
    return Slice(area.path, asked.start, asked.end)


def _cut(indicator: Indicator, part: Slice, by: str) -> Slice:
    """The slice narrowed to one value of a dimension, where one was asked."""
    from huiyin.indicators.registry import UnknownCut

    try:
        return replace(part, by=indicator.cut(by))
    except UnknownCut as error:
        raise CouldNot(str(error)) from None


def _rows(indicator: Indicator, part: Slice) -> list[dict[str, str]]:
    """The rows as the CSV of the page has them."""
    from huiyin.indicators.services import exporting

    text, _ = exporting.csv_text(indicator, part)
    return list(csv.DictReader(StringIO(text.removeprefix(exporting.MARK))))
