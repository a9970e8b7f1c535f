"""A row of a file with reports, understood: what stands in its cells, before places are looked up.

Nothing is guessed: what cannot be a report is refused with a sentence for the receipt, what is odd
but harmless is kept and remarked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from huiyin.base.rules.dates import UnreadableDate, parse_moment
from huiyin.base.rules.personal_data import phones_in
from huiyin.base.rules.times import long_time
from huiyin.base.rules.workday_calendar import local
from huiyin.documents.rules.cells import Value, shown
from huiyin.intake.rules.first_look import FirstLook, look
from huiyin.intake.rules.report_kinds import kind_of

FIRST_YEAR = 2000
MAX_TEXT = 100_000
"""What the search index of one case holds; a longer “text” is a file pasted into a cell."""
TITLE_SHOWN = 40
"""A case's title has 40 characters; a longer one is kept whole at the head of the text."""

ABOUT_OFFICIALS = (
    "疑似检举控告公职人员，已按保密登记，只有市县受理岗位能看到；请核实后按专门渠道处理"
)
"""Nobody can be asked, as on the web, so nothing is withheld on a guess: a person reads it first."""

_NOTHING_HEARD = FirstLook()
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_YES = re.compile(r"是|保密|匿名|不公开|[√✓✔vy1]|yes|true", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"未(?:办|完|结|答|回复|处理|处置|受理|派|签)|待(?:办|受理|派|处理|处置|答|回复|签|审)"
    r"|(?:办理|处理|处置|进行)中|在办|转办|退回|挂账|^否$"
)
_FINISHED = re.compile(r"办结|结案|已(?:答复|回复|办|完成|归档|销号)|完成|归档|^是$")
#: Labels of fields without which a row cannot be filed: a spoilt cell there refuses the row.
_NEEDED = ("编号", "诉求内容", "受理时间", "答复时间")


class RowRefused(ValueError):
    """This row cannot be filed. The message says why and what to do, for the receipt."""


@dataclass(frozen=True)
class PlaceWords:
    """What the file says of the place: cells of 区县, 街道, 社区, 小区 and 地址, "" where blank."""

    area: str = ""
    subdistrict: str = ""
    community: str = ""
    compound: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return any((self.area, self.subdistrict, self.community, self.compound, self.address))


@dataclass(frozen=True)
class Ending:
    """How the matter ended elsewhere. `satisfied` is None where nobody was asked."""

    reply: str
    at: datetime
    unit_name: str = ""
    satisfied: bool | None = None


@dataclass(frozen=True)
class ReportRow:
    """A row that can be filed. `remarks` go into the receipt; `source` = what the file says besides
    (channel, category, unit), kept with the report as a hint; `heard` = what its words call for;
    `open_reply` = a reply without time.
    """

    text: str
    title: str
    at: datetime
    kind: str
    number: str = ""
    reporter: str = ""
    phones: tuple[str, ...] = ()
    confidential: bool = False
    urgency: str = ""
    place: PlaceWords = PlaceWords()
    ending: Ending | None = None
    open_reply: str = ""
    source: Mapping[str, str] | None = None
    heard: FirstLook = _NOTHING_HEARD
    remarks: tuple[str, ...] = ()

    @property
    def content(self) -> tuple[str, str, str]:
        """What makes it this report: text, moment, reporter."""
        return self.text, self.at.isoformat(), self.reporter


def understand(
    values: Mapping[str, Value],
    problems: Sequence[str],
    *,
    headings: Mapping[str, str],
    year: int | None,
    now: datetime,
) -> ReportRow:
    """Read one row of documents.rules.sheets.Table.

    `values` by field of report_columns.REPORT_FIELDS; `headings` = Table.columns, for messages that
    name the column as the file does; `year` = Table.year, for dates like 3月1日. RowRefused.
    """
    remarks = []
    for problem in problems:
        if problem.startswith(_NEEDED):
            raise RowRefused(problem)
        remarks.append(problem)
    cells = {name: _clean(value) for name, value in values.items()}
    title, text = _words(cells, headings)
    at = _moment("at", values, headings, year, now)
    kind = kind_of(said=cells.get("kind", ""), title=title, text=text)
    heard = look(text if title in text else f"{title}\n{text}")
    confidential = kind == "accusation" or heard.wrongdoing or _is_confidential(cells, headings)
    if heard.wrongdoing:
        remarks.append(ABOUT_OFFICIALS)
    phones, unreadable = _phones(cells)
    if unreadable:
        remarks.append("电话看不懂，已原样加密保存，不能按电话查到")
    ending, open_reply, said = _ending(cells, values, headings, year, now, at)
    remarks += said
    return ReportRow(
        text=text, title=title, at=at, kind=kind, number=_number(cells.get("number", "")),
        reporter=cells.get("reporter", ""), phones=phones, confidential=confidential,
        urgency=_urgency(cells.get("urgency", "")),
        place=PlaceWords(*(cells.get(name, "") for name in
                           ("area", "subdistrict", "community", "compound", "place"))),
        ending=ending, open_reply=open_reply, source=_source(cells), heard=heard,
        remarks=tuple(remarks),
    )  # fmt: skip


def _clean(value: Value) -> str:
    """The cell as text that a database takes: no control characters but line breaks and tabs."""
    return _CONTROL.sub("", shown(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def _words(cells: Mapping[str, str], headings: Mapping[str, str]) -> tuple[str, str]:
    title = re.sub(r"\s+", " ", cells.get("title", ""))
    text = cells.get("text", "")
    if not text and not title:
        raise RowRefused(f"“{headings.get('text', '诉求内容')}”是空的，请补填后再导入")
    if len(title) > TITLE_SHOWN and title not in text:
        text = f"{title}\n{text}".rstrip()
    text = text or title
    if len(text) > MAX_TEXT:
        raise RowRefused(f"内容有 {len(text)} 字，超过 {MAX_TEXT} 字，请拆开或作为附件")
    return title, text


def _moment(
    name: str,
    values: Mapping[str, Value],
    headings: Mapping[str, str],
    year: int | None,
    now: datetime,
) -> datetime:
    column = headings.get(name, "时间")
    raw = values.get(name, "")
    if isinstance(raw, str) and not raw:
        raise RowRefused(f"“{column}”是空的，请补填后再导入")
    try:
        at = parse_moment(raw, year=year)
    except UnreadableDate as error:
        raise RowRefused(f"“{column}”：{error}") from None
    if at > now:
        raise RowRefused(f"“{column}”{long_time(at)} 还没有到，请核对")
    if at.year < FIRST_YEAR:
        raise RowRefused(f"“{column}”{long_time(at)} 早于 {FIRST_YEAR} 年，请核对")
    return at


def _ending(
    cells: Mapping[str, str],
    values: Mapping[str, Value],
    headings: Mapping[str, str],
    year: int | None,
    now: datetime,
    opened: datetime,
) -> tuple[Ending | None, str, list[str]]:
    """The ending with its real time, or the reply that has none, and remarks.

    A time that the file does not give is never invented: such a row is filed open, with its reply
    beside it, so that a person can close it with the right one.
    """
    reply, status = cells.get("reply", ""), cells.get("status", "")
    column = next((c for c in ("replied_at", "closed_at") if cells.get(c)), None)
    finished = bool(reply) or bool(cells.get("closed_at")) or bool(_FINISHED.search(status))
    if _UNFINISHED.search(status):
        return None, reply, [f"状态为“{status[:20]}”，按未办结登记"] if reply or column else []
    if column is None:
        if reply or finished:
            what = "有答复" if reply else f"状态为“{status[:20]}”"
            return None, reply, [f"{what}但没有答复时间，按未办结登记" +
                                 ("，原答复记在摘要里" if reply else "")]  # fmt: skip
        return None, "", []
    at = _moment(column, values, headings, year, now)
    if at < opened and _only_a_day(at) and local(at).date() == local(opened).date():
        at = opened  # “同日”: the file gives the day of the reply, not its hour
    if at < opened:
        raise RowRefused(
            f"“{headings[column]}”{long_time(at)} 早于“{headings.get('at', '受理时间')}”"
            f"{long_time(opened)}，请核对"
        )
    remarks = [] if reply else ["没有答复内容，只按时间登记为已办结"]
    unit = cells.get("unit", "")[:60]
    return Ending(reply, at, unit, _satisfied(cells.get("satisfaction", ""))), "", remarks


def _only_a_day(at: datetime) -> bool:
    return local(at).time() == time(0)


def _satisfied(said: str) -> bool | None:
    """基本满意 counts as satisfied, as in the callback."""
    if "不满意" in said or "不太满意" in said:
        return False
    return True if "满意" in said and "未" not in said else None


def _is_confidential(cells: Mapping[str, str], headings: Mapping[str, str]) -> bool:
    said = cells.get("confidential", "").strip()
    heading = headings.get("confidential", "")
    if "公开" in heading:
        return bool(re.match(r"否|不|0|n|false|×", said, re.IGNORECASE))
    return bool(_YES.match(said))


def _phones(cells: Mapping[str, str]) -> tuple[tuple[str, ...], bool]:
    """Numbers of the row, and whether there was something that is none (then it, as written)."""
    written = cells.get("phone", "")
    found = tuple(phones_in(written))
    if found or not written:
        return found or tuple(phones_in(cells.get("reporter", ""))), False
    return (written,), True


def _number(said: str) -> str:
    """The source's number: full width to half, without blanks; 无 and dashes are none."""
    number = re.sub(r"\s", "", unicodedata.normalize("NFKC", said))
    return "" if re.fullmatch(r"[-—/无]*|暂无|null|None", number) else number


def _urgency(said: str) -> str:
    """A key of cases.rules.words.URGENCIES that the file's own column gives, "" for none."""
    if re.search(r"危及|生命|特急|特别紧急|非常紧急", said):
        return "life"
    if re.search(r"水电气|停水|停电|停气", said):
        return "utility"
    return "normal" if re.search(r"一般|普通|正常|不紧急|^否$", said) else ""


def _source(cells: Mapping[str, str]) -> dict[str, str]:
    """What the source system said besides, short and without persons."""
    category = "/".join(
        cells[name] for name in ("category", "category_2", "category_3") if cells.get(name)
    )
    said = {"channel": cells.get("channel", ""), "category": category,
            "unit": cells.get("unit", ""), "urgency": cells.get("urgency", "")}  # fmt: skip
    return {name: value[:60] for name, value in said.items() if value}
