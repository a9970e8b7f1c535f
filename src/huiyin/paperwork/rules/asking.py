"""All that is said around a blank: headings, labels, lines above – place, unit, period, measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from huiyin.documents.rules import form_words
from huiyin.documents.rules.form_layout import Block, Field, Label
from huiyin.paperwork.rules import lexicon as lex
from huiyin.paperwork.rules import spans
from huiyin.paperwork.rules.fragments import Bag, Cutter, normal
from huiyin.paperwork.rules.spans import NOTHING, Span
from huiyin.paperwork.rules.vocabulary import Vocabulary

_PERIOD_LINE = re.compile(
    r"(?:报告|统计|报送|数据)(?:期|期间|时段|周期|区间|时间|范围)|^期间|^20\d\d年\d{1,2}月(?:份)?$|^20\d\d年第?[一二三四]季度$"
)


_CAPTION = re.compile(r"^\s*表[一二三四五六七八九十\d]{1,2}[\s:：、.．]*(?=\S)")
#: A title that speaks of a part only: 物业领域, 涉企.
_NARROWING = re.compile(
    r"涉[\u4e00-\u9fff]{1,3}|[\u4e00-\u9fff]{2,4}(?:领域|行业|(?<!分)类(?!别|型|情))"
)


@dataclass
class Asked:
    """All that is said around one blank, before a number is chosen."""

    blank: Field
    column: list[Bag]
    row: list[Bag]
    groups: list[Bag]
    droppable: list[Bag] = field(default_factory=list)
    beside: Bag | None = None
    measures: tuple[str, ...] = ()
    measured: bool = False
    span: Span = NOTHING
    clash: str = ""
    derived: Bag | None = None
    dims: list[str] = field(default_factory=list)
    place: str = ""
    unit: int = 0
    total: str = ""
    other: bool = False

    @property
    def inner(self) -> list[Bag]:
        """The two texts next to the blank."""
        return [*self.column[-1:], *self.row[-1:]]


@dataclass
class Gatherer:
    """Gathers for one table and one form's place and days; `cutter` is shared by all its tables."""

    block: Block
    cutter: Cutter
    first: date
    last: date
    title: Bag = field(init=False)
    usual: Span = field(init=False)
    clash: str = field(init=False)
    said_above: tuple[str, ...] = field(init=False)
    narrowed: str = field(init=False)
    _hanging: str = ""
    _unit_columns: dict[int, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lines = [t for t in self.block.lines if t.strip()]
        titles = [t for t in lines if form_words.is_title(t)] or lines[:1]
        own = [t for t in lines if _CAPTION.match(normal(t))][
            -1:
        ]  # 表一 诉求来源 over one of several
        self.title = self.cutter.cut(
            _CAPTION.sub("", own[0]) if own else titles[-1] if titles else ""
        )
        self.usual, self.clash = self._usual_span(lines)
        self.said_above = self._measures_above(lines)
        found = _NARROWING.search(normal(self.title.text))
        self.narrowed = (
            found[0] if found and not any(d in found[0] for d in self.title.dims) else ""
        )

    @property
    def vocabulary(self) -> Vocabulary:
        return self.cutter.vocabulary

    def gather(self) -> list[Asked]:
        """Every blank of the table."""
        asked = [self._gather(f) for f in self.block.fields]
        self._lean(asked)
        for one in asked:
            if not any(b.atoms for b in (*one.column, *one.row)) and (one.dims or one.derived):
                one.beside = self._beside(one, asked)
        return asked

    def _usual_span(self, lines: Sequence[str]) -> tuple[Span, str]:
        """The period that title and lines state for all blanks without one of their own, and what
        speaks against the period that was asked for."""
        stated = [self.title.span, *(self.cutter.cut(t).span for t in lines if _PERIOD_LINE.search(normal(t)))]  # fmt: skip
        for span in stated:
            if span.until or not (span.whole or span.year):
                continue
            if not span.whole:
                if span.year != self.last.year:
                    return NOTHING, f"表上写的是 {span.year} 年"
                continue
            days = spans.days_of(span, self.first, self.last)
            if days is None or days[1] != self.last:
                said = spans.code_of(*days) if days else "另一个期间"
                return NOTHING, f"表上写的期间是 {said}，和要填的期间不同"
            if days != (self.first, self.last):
                return span, ""
        return NOTHING, ""

    def _measures_above(self, lines: Iterable[str]) -> tuple[str, ...]:
        """单位：件 – where it is a measure and no office."""
        found: list[str] = []
        for line in lines:
            for m in re.finditer(r"(?:计量)?单位[:：]\s*([^\s:：，,；;）)]+)", line):
                words = [w for w in re.split(r"[、/,，]", m[1]) if w]
                if words and all(w in form_words.MEASURES for w in words):
                    found += ["%" if w == "％" else w for w in words]
        return tuple(found)

    def _gather(self, blank: Field) -> Asked:
        cut = self.cutter.cut
        column = [cut(t) for t in blank.header if normal(t) not in ("其中", "其中:")]
        labels = [x for x in blank.labels if normal(x.text) not in ("其中", "其中:")]
        row = [cut(x.text) for x in labels]
        perhaps = self._perhaps(blank, row)
        parents = [cut(t) for t in blank.parents or perhaps]
        groups = [cut(blank.section)] if blank.section else []
        asked = Asked(blank, column, [*parents, *row], groups)
        asked.droppable = self._droppable(blank, column, row, groups)
        self._where(asked, labels)
        self._when(asked)
        bags = [*asked.column, *asked.row]
        asked.measures = self._measure(asked)
        asked.measured = asked.measures is not self.said_above and bool(asked.measures)
        asked.derived = next((b for b in reversed(bags) if b.derived), None)
        asked.dims = [d for b in bags for d in b.dims]
        asked.other = any(b.other for b in bags)
        if platform := next((b.platform for b in bags if b.platform), ""):
            asked.clash = asked.clash or f"“{platform}”是来源还是总称，表上看不出来"
        if asked.column and asked.column[-1].total:
            asked.total = "column"
        elif asked.row and asked.row[-1].total:
            asked.total = "row"
        return asked

    def _perhaps(self, blank: Field, row: list[Bag]) -> tuple[str, ...]:
        """What a row hangs on that follows an 其中 without one of its own and names no number."""
        inner = blank.labels[-1].text if blank.labels else ""
        if form_words.is_of_which(inner) and blank.parents:
            self._hanging = blank.parents[0]
        elif row and row[-1].atoms:
            self._hanging = ""
        return blank.perhaps if self._hanging and self._hanging in blank.perhaps else ()

    def _droppable(self, blank: Field, column: list[Bag], row: list[Bag], groups: list[Bag]) -> list[Bag]:  # fmt: skip
        """Headings that only group what stands under or beside them: they may be left out of a name."""
        outer = [*row[:-1], *([] if any(form_words.is_of_which(t) for t in blank.header) else column[:-1])]  # fmt: skip
        found = [*groups, *(b for b in (*column[:-1], *row[:-1]) if b.groups), *outer]
        # What stands over places (试点社区) says which places, and these are named below it.
        over = [b for n, b in enumerate(column) if any(c.places for c in column[n + 1 :])]
        # A heading over others that names several things (办结和逾期) is none of them.
        several = [b for b in column[:-1] if re.search(r"[和及与、]", b.text)]
        return [
            b for b in found
            if b in several or (not b.atoms & lex.MODIFIERS and (not b.unread or b in over))
        ]  # fmt: skip

    def _measure(self, asked: Asked) -> tuple[str, ...]:
        """The printed measure nearest to the blank."""
        stated = asked.blank.measure.strip()
        for bag in (*reversed(asked.column), *([] if stated else reversed(asked.row))):
            if bag.measures and not bag.derived:
                return (bag.measures[-1],)
            if "率" in bag.atoms:
                return ("%",)
        if stated:
            word = "%" if stated in ("％", "%") else lex.MEASURE_WORDS.get(stated, stated)
            return (
                tuple(w for w in normal(word).replace("、", "/").split("/") if w)
                if word != "次/件"
                else (word,)
            )
        for bag in reversed(asked.row):
            if "率" in bag.atoms:
                return ("%",)
        return self.said_above

    def _where(self, asked: Asked, labels: Sequence[Label]) -> None:
        """Place and unit; a row under 承办单位 is a unit, under 社区 a place."""
        heads = {
            id(bag): label
            for bag, label in zip(asked.row[-len(labels) :] if labels else [], labels, strict=True)
        }
        for bag in (*asked.groups, *asked.row, *asked.column):
            label = heads.get(id(bag))
            as_unit = bag.units and (not bag.places or self._units_here(label))
            if as_unit:
                if len(set(bag.units)) > 1:
                    asked.clash = f"“{bag.text}”有几个单位同名"
                asked.unit = bag.units[0]
            elif bag.places:
                self._into(asked, bag)

    def _units_here(self, label: Label | None) -> bool:
        """Whether a column of labels names units: by its head, or since some row is only a unit."""
        head = normal(label.head) if label is not None else ""
        if any(word in head for word in lex.UNIT_HEADS):
            return True
        if label is None or any(word in head for word in lex.PLACE_HEADS):
            return False
        column = label.column
        if column not in self._unit_columns:
            self._unit_columns[column] = any(
                bag.units and not bag.places
                for f in self.block.fields
                for x in f.labels
                if x.column == column
                for bag in [self.cutter.cut(x.text)]
            )
        return self._unit_columns[column]

    def _into(self, asked: Asked, bag: Bag) -> None:
        """A place named inside the one that holds already; never a namesake elsewhere."""
        around = self.vocabulary.place_of(asked.place) or self.vocabulary.place
        inside = [
            code for code in dict.fromkeys(bag.places)
            if (p := self.vocabulary.place_of(code)) and p.path.startswith(around.path)
        ]  # fmt: skip
        if len(inside) == 1:
            asked.place = inside[0]
        elif not inside:
            asked.clash = f"“{bag.text}”不在{around.name}范围内"
        else:
            asked.clash = f"“{bag.text}”在{around.name}有 {len(inside)} 处，请写明上级"

    def _when(self, asked: Asked) -> None:
        rows, columns = NOTHING, NOTHING
        for bag in (*asked.groups, *asked.row):
            rows = rows.then(bag.span) if bag.span.said else rows
        for bag in asked.column:
            columns = columns.then(bag.span) if bag.span.said else columns
        if rows.whole and columns.whole and rows != columns:
            asked.clash = "行和列各写了一个期间"
        asked.span = rows.then(columns) if rows.said and columns.said else (columns if columns.said else rows)  # fmt: skip
        if not asked.span.said:
            asked.span = self.usual
        asked.clash = asked.clash or self.clash
        printed = asked.span.months or asked.span.quarter or asked.span.half
        if printed and not asked.span.year and not asked.span.years_back and self.title.span.year:
            asked.span = Span(year=self.title.span.year).then(asked.span)

    def _lean(self, asked: list[Asked]) -> None:
        """同期 and 同比 without a period of their own speak of the period to their left."""
        by_row: dict[int, list[Asked]] = {}
        for one in asked:
            by_row.setdefault(one.blank.row, []).append(one)
        headings = {c: [self.cutter.cut(t) for t in path] for c, path in self.block.columns}
        for row in by_row.values():
            for one in row:
                own = [b.span for b in one.column if b.span.said and b.span.whole]
                bare = one.span.years_back and not one.span.whole and not one.span.year
                if own or not (bare or (one.derived and one.span in (NOTHING, self.usual))):
                    continue
                left = self._left_span(one, headings)
                if left is not None:
                    one.span = replace(left, years_back=left.years_back + one.span.years_back)
            for one in row:
                if one.derived and one.derived.derived.startswith("change"):
                    self._compare(one, headings)

    def _beside(self, one: Asked, asked: list[Asked]) -> Bag | None:
        """What a breakdown or a comparison speaks of that names no number: the nearest column to its
        left, or row above it, that names one and breaks nothing down."""
        group = one.blank.header[:-1]
        for column, path in reversed(self.block.columns):
            if column >= one.blank.column or path[:-1] != group or not path:
                continue
            bag = self.cutter.cut(path[-1])
            if bag.atoms and not bag.dims and not bag.derived:
                return bag
        above = [
            a for a in asked
            if a.blank.column == one.blank.column and a.blank.row < one.blank.row and a.row
        ]  # fmt: skip
        for earlier in reversed(above):
            bag = earlier.row[-1]
            if bag.atoms and not bag.dims:
                return bag
            if not bag.dims and not bag.total:
                return None
        return None

    def _compare(self, one: Asked, headings: dict[int, list[Bag]]) -> None:
        """增减, 增幅 after two periods: of the later against the earlier, as 同比 or 环比."""
        assert one.derived is not None
        said = []
        for column in sorted(c for c in headings if c < one.blank.column):
            span = NOTHING
            for bag in headings[column]:
                span = span.then(bag.span) if bag.span.said else span
            days = spans.days_of(span, self.first, self.last)
            if days and span.said and not any(b.derived for b in headings[column]):
                said.append((days, span))
        kind = ""
        if len(said) >= 2:
            (late, span), (early, _) = sorted(said[-2:], key=lambda pair: pair[0][1], reverse=True)
            if early == spans.days_of(spans.Span(years_back=1), *late):
                kind, one.span = "yoy", span
            elif early == spans.earlier(*late):
                kind, one.span = "mom", span
        percent = one.derived.derived == "change%" or "%" in one.derived.measures
        if kind:
            one.derived = replace(one.derived, derived=kind, difference=not percent)
        else:
            one.clash = one.clash or f"“{normal(one.derived.text)}”是和哪一期比，表上看不出来"

    def _left_span(self, one: Asked, headings: dict[int, list[Bag]]) -> Span | None:
        """The period of the nearest column to the left that is not itself the period before: 环比 and
        同期 after 本月 and 上月 speak of 本月."""
        group = one.blank.header[:-1]
        paths = dict(self.block.columns)
        for column in sorted((c for c in headings if c < one.blank.column), reverse=True):
            if paths[column][:-1] != group and len(paths[column]) > 1:
                continue
            span = NOTHING
            for bag in headings[column]:
                span = span.then(bag.span) if bag.span.said else span
            if span.years_back or any(b.derived for b in headings[column]) or span.back:
                continue
            return span if span.said else None
        return None
