"""Papers about the report loop: 月报, 通报, 督办函. Every figure is an indicator's; units stand by name,
never by rate (design §3), and a rate of too few is not told.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from huiyin.base.rules.workdays import SHANGHAI
from huiyin.base.selectors import local_value
from huiyin.documents.rules.official import Block, Heading, Paper, Paragraph, Sheet
from huiyin.indicators import registry as numbers
from huiyin.indicators.registry import Indicator
from huiyin.indicators.rules import periods
from huiyin.indicators.services import computing
from huiyin.indicators.services.computing import Value
from huiyin.org.models import Unit
from huiyin.paperwork import registry
from huiyin.paperwork.registry import NothingToTell, PaperKind, Wanted
from huiyin.paperwork.services import telling

MOST_ROWS = 100
RECEIVED, OVERDUE = "reports_received", "overdue_now"
RATES = ("response_rate", "resolution_rate", "satisfaction_rate", "on_time_rate")


def _numbers(*codes: str) -> tuple[Indicator, ...]:
    return tuple(numbers.get(code) for code in codes)


def _least() -> int:
    return int(local_value("board.min_cases"))


def _value(indicator: Indicator, wanted: Wanted) -> Value:
    return computing.compute(indicator, wanted.part)


def _with_last(indicator: Indicator, wanted: Wanted) -> str:
    """A count or rate with what it was in the period before."""
    before = periods.before(wanted.period)
    then = computing.compute(indicator, replace(wanted.part, start=before.start, end=before.end))
    now, least = _value(indicator, wanted), _least()
    few = indicator.kind == "ratio" and min(now.n, then.n) < least
    tail = "" if few else telling.against(now, then, rate=indicator.kind == "ratio")
    return telling.sentence(indicator, now, least) + tail


def _where(wanted: Wanted) -> str:
    return wanted.area.name + (wanted.unit.short_name if wanted.unit else "")


def _counts(wanted: Wanted) -> Paragraph:
    told = [_with_last(i, wanted) for i in
            _numbers(RECEIVED, "cases_dispatched", "cases_replied", "cases_signed_off")]  # fmt: skip
    at_end = [telling.sentence(i, _value(i, wanted), 0) for i in _numbers("cases_open", OVERDUE)]
    return Paragraph(f"{wanted.period.label}，{'；'.join(told)}。期末{'，'.join(at_end)}。")


def _rates(wanted: Wanted) -> Paragraph:
    told = [_with_last(i, wanted) for i in _numbers(*RATES)]
    return Paragraph(
        "；".join(told) + "。三率只来自独立回访（全量或随机抽样），打不通、拒评不进分母。"
    )


def _by_place(wanted: Wanted) -> Sheet | None:
    columns = _numbers(RECEIVED, *RATES, OVERDUE)
    found = {i.code: dict(computing.compute_by_area(i, wanted.part, wanted.below)) for i in columns}
    least = _least()
    rows = [[area.name, *(telling.cell(i, found[i.code][area], least) for i in columns)]
            for area in wanted.below if any(found[i.code][area].n for i in columns)]  # fmt: skip
    return _sheet("各地情况", "地方", columns, rows)


def _by_unit(wanted: Wanted) -> Sheet | None:
    columns = _numbers(RECEIVED, *RATES, "return_rate")
    found = {i.code: computing.compute_by_unit(i, wanted.part) for i in columns}
    ids = {unit for values in found.values() for unit in values}
    least = _least()
    rows = [[unit.short_name, *(telling.cell(i, found[i.code].get(unit.pk), least) for i in columns)]
            for unit in Unit.objects.filter(pk__in=ids).order_by("pinyin", "pk")[:MOST_ROWS]]  # fmt: skip
    return _sheet("各单位情况", "单位", columns, rows)


def _by_kind(wanted: Wanted) -> Paragraph:
    received = numbers.get(RECEIVED)
    kinds = computing.compute_by_value(received, wanted.part, received.dimension("kind"))
    told = [f"{word}{telling.amount(received, value)}" for _, word, value in kinds if value.n]
    return Paragraph(f"按性质分：{'，'.join(told)}。" if told else "本期没有受理诉求。")


def _sheet(
    caption: str, first: str, columns: tuple[Indicator, ...], rows: list[list[str]]
) -> Sheet | None:
    if not rows:
        return None
    head = [first, *(f"{i.label}（{i.measure.word}）" for i in columns)]
    return Sheet(head, rows, caption, numbers=range(1, len(head)))


def _paper(wanted: Wanted, title: str, blocks: list[Block | None], *, to: str = "") -> Paper:
    return Paper(
        title, [block for block in blocks if block is not None], to=to, issuer=wanted.issuer,
        on=wanted.at.astimezone(SHANGHAI).date(), note=telling.DRAFT_NOTE,
    )  # fmt: skip


def month_report(wanted: Wanted) -> Paper:
    """月报: counts with the last period, rates with samples, natures, places."""
    place = _by_place(wanted)
    return _paper(wanted, f"{_where(wanted)}{wanted.period.label}群众诉求办理月报", [
        Heading("一、总体情况"), _counts(wanted), _by_kind(wanted),
        Heading("二、响应、解决与满意"), _rates(wanted),
        Heading("三、各地情况") if place else None, place,
    ])  # fmt: skip


def bulletin(wanted: Wanted) -> Paper:
    """通报: the units by name, each rate with its sample; no ranking."""
    units = _by_unit(wanted)
    return _paper(wanted, f"关于{_where(wanted)}{wanted.period.label}群众诉求办理情况的通报", [
        Heading("一、总体情况"), _counts(wanted), _rates(wanted),
        Heading("二、各单位情况"),
        Paragraph(f"按单位名称排列，不排名；样本不足 {_least()} 件的只列件数，括号内是样本。"), units,
    ], to="各有关单位")  # fmt: skip


def supervision_letter(wanted: Wanted) -> Paper:
    """督办函 to one unit: its overdue cases by number and due time, and nothing that a resident wrote."""
    if wanted.unit is None:
        raise NothingToTell("督办函发给一个单位：请先选单位")
    overdue = numbers.get(OVERDUE)
    rows = list(overdue.rows(wanted.part).order_by("due_at", "pk")[: MOST_ROWS + 1])
    if not rows:
        raise NothingToTell(f"{wanted.unit.short_name}在{wanted.period.label}末没有超期未答复的件")
    value = _value(overdue, wanted)
    answer_by = wanted.day + timedelta(days=3)
    lines = [[str(at), case.number, f"{case.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"]
             for at, case in enumerate(rows[:MOST_ROWS], start=1)]  # fmt: skip
    more = f"（另有 {value.n - MOST_ROWS} 件，见系统）" if value.n > MOST_ROWS else ""
    return _paper(wanted, f"关于{wanted.unit.short_name}超期未答复诉求的督办函", [
        Paragraph(
            f"截至{wanted.period.label}末，你单位{telling.sentence(overdue, value, 0)}{more}，清单如下。"
            f"请逐件说明原因、措施和办结时间，于 {answer_by.month} 月 {answer_by.day} 日前回复。"
        ),
        Sheet(("序号", "编号", "到期时间"), lines),
    ], to=wanted.unit.name)  # fmt: skip


registry.declare(PaperKind("month_report", "月报", "case.board", month_report,
                           "件数同上期比，三率带样本，按性质、按地方"))  # fmt: skip
registry.declare(PaperKind("bulletin", "通报", "case.supervise", bulletin,
                           "发各有关单位：按单位名称列，不排名"))  # fmt: skip
registry.declare(PaperKind("supervision_letter", "督办函", "case.supervise", supervision_letter,
                           "发一个单位：它超期未答复的件", per_unit=True))  # fmt: skip
