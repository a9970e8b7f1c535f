"""A column of a register 台账: what it holds, how files name it, how it is read and shown.

Reading refuses in a sentence for the receipt; nothing is guessed. What needs the database (a
community, a compound, a unit by its name) is read by services.reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.base.rules.dates import parse_date
from huiyin.base.rules.identifiers import looks_like_id_number
from huiyin.base.rules.local_defaults import LocalDefaultSeed
from huiyin.base.rules.masking import mask_door, mask_id_number, mask_name, mask_phone
from huiyin.base.rules.measures import Measure
from huiyin.base.rules.personal_data import UnreadablePhone, normalise_phone
from huiyin.base.rules.workdays import SHANGHAI
from huiyin.documents.rules.numbers import read_quantity

LINE, TEXT, DAY, MOMENT, CHOICE, YES_NO = "line", "text", "day", "moment", "choice", "yes_no"
WHOLE, QUANTITY, AREA, COMPOUND, UNIT = "whole", "quantity", "area", "compound", "unit"
KINDS = (LINE, TEXT, DAY, MOMENT, CHOICE, YES_NO, WHOLE, QUANTITY, AREA, COMPOUND, UNIT)
#: Kinds whose value is the key of another row.
REFERENCES = (AREA, COMPOUND, UNIT)
NUMBERS = (WHOLE, QUANTITY)

MASKS: Mapping[str, Callable[[str], str]] = {
    "name": mask_name, "phone": mask_phone, "door": mask_door, "id_number": mask_id_number,
}  # fmt: skip
_YES = frozenset({"是", "有", "已", "√", "✓", "1", "对", "y", "yes", "真"})
_NO = frozenset({"否", "无", "未", "×", "✗", "0", "没有", "不是", "n", "no", "假"})


class Unreadable(ValueError):
    """A cell that cannot be read. The message is for the receipt or the form."""


@dataclass(frozen=True)
class Column:
    """One column. `name` = field of the model (a quantity has name_bound and name_raw beside it).

    `personal`: name, phone, door or id_number: encrypted, masked, cleared `keep_days` after the
    row's end (a local default: what the city has set); `indexed`: equal values can be told equal (a blind index in name_index) and
    counted once. `measure`: what a number counts. `group`: the upper of two header rows. `listed`: on
    the list page; `wide`: there from 992 px on. `filtered`: offered as a filter. `show`: how a row
    shows it where it is no field of its own (ledgers of the engine). `lookup`: ORM path of it.
    """

    name: str
    label: str
    kind: str = LINE
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    measure: Measure | None = None
    personal: str = ""
    keep_days: int | LocalDefaultSeed = 0
    indexed: bool = False
    group: str = ""
    width: int = 14
    listed: bool = True
    wide: bool = False
    filtered: bool = False
    limit: int = 200
    show: Callable[[Any], Any] | None = None
    link: Callable[[Any], str] | None = None
    lookup: str = ""

    @property
    def default_keep_days(self) -> int:
        """Days that a personal value is kept until a city sets its own number."""
        kept = self.keep_days
        return int(str(kept.value)) if isinstance(kept, LocalDefaultSeed) else kept

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.name}: unknown kind {self.kind}")
        if self.personal and (self.personal not in MASKS or self.kind != LINE):
            raise ValueError(f"{self.name}: personal is a line of {', '.join(MASKS)}")
        if self.personal and not self.keep_days and not self.show:
            raise ValueError(f"{self.name}: a personal column says how long it is kept")
        if self.kind in NUMBERS and self.measure is None:
            raise ValueError(f"{self.name}: a number says what it counts")
        if self.kind == CHOICE and not self.choices:
            raise ValueError(f"{self.name}: a choice needs choices")

    @property
    def heading(self) -> str:
        """As it stands over the column: 服务人次（人次）."""
        unit = self.measure.word if self.measure else ""
        return self.label if not unit or unit in self.label else f"{self.label}（{unit}）"

    @property
    def path(self) -> str:
        """The ORM path by which rows are filtered and ordered."""
        return self.lookup or self.name


@dataclass(frozen=True)
class Approximate:
    """A figure as it was told: its value, bound (documents.rules.numbers) and raw text. A bound
    other than exact means that the value is no exact count and sums of it say 含约数."""

    value: Decimal
    bound: str = "exact"
    raw: str = ""

    @property
    def words(self) -> str:
        """As it is shown: what was written where it was not exact."""
        return self.raw.strip() if self.bound != "exact" and self.raw else number_words(self.value)


def read(column: Column, raw: Any, *, year: int | None = None) -> Any:
    """The value of a cell or a typed text; None for a blank. Raises Unreadable.

    References are given back as the text that names them. `year`: of the file's title.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if column.required:
            raise Unreadable(f"缺“{column.label}”")
        return None
    try:
        return _READERS[column.kind](column, raw, year)
    except Unreadable:
        raise
    except UnreadablePhone as error:
        raise Unreadable(f"“{column.label}”：{error}") from None
    except ValueError as error:
        raise Unreadable(f"“{column.label}”：{error}") from None


def _line(column: Column, raw: Any, year: int | None) -> str:
    text = _text(raw)
    if column.kind == LINE:
        text = " ".join(text.split())
    if len(text) > column.limit:
        raise Unreadable(f"“{column.label}”超过 {column.limit} 字，请缩短")
    if column.personal == "phone":
        return normalise_phone(text)
    if column.personal == "id_number" and not looks_like_id_number(text):
        raise Unreadable(f"“{column.label}”不是 18 位身份证号，请核对")
    return text


def _day(column: Column, raw: Any, year: int | None) -> date:
    return parse_date(raw, year=year)


def _choice(column: Column, raw: Any, year: int | None) -> str:
    text = _text(raw)
    for code, label in column.choices.items():
        if text in (code, label) or text.replace(" ", "") == label.replace(" ", ""):
            return code
    known = "、".join(column.choices.values())
    raise Unreadable(f"“{column.label}”没有“{text[:20]}”，可填：{known}")


def _yes_no(column: Column, raw: Any, year: int | None) -> bool:
    if isinstance(raw, bool):
        return raw
    text = _text(raw).casefold()
    if text in _YES or text in _NO:
        return text in _YES
    raise Unreadable(f"“{column.label}”应填 是 或 否，现在是“{text[:20]}”")


def _text(raw: Any) -> str:
    if isinstance(raw, datetime):
        return raw.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if raw.tzinfo else str(raw)
    return str(raw).strip().strip("　")


def _whole(column: Column, raw: Any, year: int | None) -> int:
    found = _quantity(column, raw, year)
    if found.bound != "exact" or found.value != found.value.to_integral_value():
        raise Unreadable(f"“{column.label}”要填确数，不能填“{str(raw)[:20]}”")
    return int(found.value)


def _quantity(column: Column, raw: Any, year: int | None) -> Approximate:
    """A figure with its bound; its unit, where one is written, must be the column's own."""
    found = read_quantity(raw)
    measure = column.measure
    assert measure is not None
    if found.unit and found.unit != measure.word:
        raise Unreadable(
            f"“{column.label}”按“{measure.word}”计，“{str(raw)[:20]}”写的是“{found.unit}”，两者不能互换"
        )
    if found.value < 0:
        raise Unreadable(f"“{column.label}”不能是负数")
    return Approximate(Decimal(found.value), found.bound, str(raw).strip()[:40])


_READERS: dict[str, Callable[[Column, Any, int | None], Any]] = {
    LINE: _line, TEXT: _line, DAY: _day, CHOICE: _choice, YES_NO: _yes_no,
    AREA: _line, COMPOUND: _line, UNIT: _line, WHOLE: _whole, QUANTITY: _quantity,
}  # fmt: skip


def number_words(value: Decimal | int) -> str:
    """12300 → 12,300; 36.50 → 36.5."""
    number = Decimal(value)
    return (
        f"{int(number):,}" if number == number.to_integral_value() else f"{number.normalize():,f}"
    )
