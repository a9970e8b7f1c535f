"""Forms made from a register's columns: entry, filter, export. What is known is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.org.models import Area, Compound, Unit
from huiyin.org.selectors import in_force
from huiyin.registers.registry import Register
from huiyin.registers.rules import columns as c
from huiyin.registers.rules import grouping
from huiyin.registers.rules.columns import Column, Unreadable
from huiyin.registers.services.exporting import VERSIONS, words_of
from huiyin.registers.services.reading import Reader

#: Up to so many places or units stand in a list; beyond it the name is typed.
LISTED = 300


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RowForm(PlainForm):
    """One row. `known`: values that are not asked. After is_valid: `values`, `area_id`."""

    def __init__(
        self, *args: Any, reader: Reader, known: Mapping[str, Any], version: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reader, self.known = reader, known
        self.values: dict[str, Any] = {}
        self.area_id: int | None = None
        for column in reader.register.columns:
            if column.name not in known:
                self.fields[column.name] = _field(column, reader)
        if version:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=version)

    def clean(self) -> dict[str, Any]:
        """Read every column as an import reads it: the same words for the same mistakes."""
        data: dict[str, Any] = super().clean() or {}
        for column in self.reader.register.columns:
            raw = self.known.get(column.name, data.get(column.name))
            if column.name in self.errors:
                continue
            try:
                self.values[column.name] = self.reader.value(column, raw)
            except Unreadable as error:
                self.add_error(column.name if column.name in self.fields else None, str(error))
        if not self.errors:
            self.area_id = self.reader.area_of(self.values)
        return data


def _field(column: Column, reader: Reader) -> forms.Field:
    """The input of a column."""
    common: dict[str, Any] = {"label": column.heading, "required": column.required,
                              "help_text": column.help}  # fmt: skip
    if column.kind == c.CHOICE:
        return forms.ChoiceField(choices=[("", "请选择"), *column.choices.items()], **common)
    if column.kind == c.YES_NO:
        return forms.ChoiceField(choices=[("", "请选择"), ("是", "是"), ("否", "否")], **common)
    if column.kind == c.DAY:
        return forms.DateField(widget=_day(), **common)
    if column.kind == c.TEXT:
        return forms.CharField(
            max_length=column.limit, widget=forms.Textarea(attrs={"rows": 3}), **common
        )
    if column.kind in c.REFERENCES:
        offered = _offered(column, reader)
        if offered is not None:
            return forms.ChoiceField(choices=[("", "请选择"), *offered], **common)
    attrs = {"inputmode": "decimal"} if column.kind in c.NUMBERS else {}
    if column.personal == "phone":
        attrs = {"inputmode": "tel", "autocomplete": "off"}
    return forms.CharField(
        max_length=column.limit, widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
        **common,
    )  # fmt: skip


def _offered(column: Column, reader: Reader) -> list[tuple[str, str]] | None:
    """Choices of a reference inside the acting area, None when they are too many for a list."""
    within, day = reader.within.path, reader.day
    rows: Any
    if column.kind == c.AREA:
        rows = Area.objects.filter(in_force(day), path__startswith=within, kind="community")
        rows = rows.select_related("parent").order_by("parent__code", "code")
    elif column.kind == c.COMPOUND:
        rows = Compound.objects.filter(in_force(day), community__path__startswith=within)
        rows = rows.select_related("community").order_by("pinyin", "pk")
    else:
        rows = Unit.objects.filter(in_force(day), area__path__startswith=reader.around.path)
        rows = rows.order_by("pinyin", "pk")
    found = list(rows[: LISTED + 1])
    if len(found) > LISTED:
        return None
    return [(f"#{row.pk}", _choice_words(row)) for row in found]


def _choice_words(row: Any) -> str:
    if isinstance(row, Area):
        return f"{row.name}（{row.parent.name}）" if row.parent else row.name
    if isinstance(row, Compound):
        return f"{row.name}（{row.community.name}）"
    return str(row.name)


def initial_of(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the inputs of a row that is changed."""
    shown: dict[str, Any] = {}
    for column in register.columns:
        value = values.get(column.name)
        if value is None:
            shown[column.name] = ""
        elif column.kind in c.REFERENCES:
            shown[column.name] = f"#{value}"
        elif column.kind == c.YES_NO:
            shown[column.name] = "是" if value else "否"
        elif column.kind in (c.DAY, c.CHOICE):
            shown[column.name] = value
        else:
            shown[column.name] = words_of(value)
    return shown


class FilterForm(PlainForm):
    """Words, place, days and the filtered choices of a register, all optional (GET)."""

    q = forms.CharField(label="查找", required=False, max_length=60)

    def __init__(self, *args: Any, register: Register, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(areas) > 1:
            self.fields["area"] = forms.TypedChoiceField(
                label="地方", required=False, coerce=int, empty_value=None,
                choices=[("", "全部地方"), *((a.pk, a.name) for a in areas)],
            )  # fmt: skip
        label = register.column(register.day).label
        self.fields["first"] = forms.DateField(label=f"{label}从", required=False, widget=_day())
        self.fields["last"] = forms.DateField(label="到", required=False, widget=_day())
        if register.ends:
            self.fields["as_of"] = forms.DateField(
                label="某天有效的", required=False, widget=_day()
            )
        for column in register.columns:
            if column.filtered and column.kind == c.CHOICE:
                self.fields[f"is_{column.name}"] = forms.ChoiceField(
                    label=column.label, required=False,
                    choices=[("", f"全部{column.label}"), *column.choices.items()],
                )  # fmt: skip


class TallyForm(FilterForm):
    """The filter, and by what the rows are grouped and measured."""

    def __init__(self, *args: Any, register: Register, areas: list[Area], **kwargs: Any) -> None:
        super().__init__(*args, register=register, areas=areas, **kwargs)
        groups = grouping.groups_of(register.columns)
        choices = [(group.code, group.label) for group in groups]
        self.fields["by"] = forms.ChoiceField(label="按什么分行", choices=choices)
        self.fields["across"] = forms.ChoiceField(
            label="再按什么分列", required=False, choices=[("", "不分列"), *choices]
        )
        measures = grouping.measures_of(register.columns)
        measures[grouping.COUNT] = f"{register.noun}数"
        self.fields["measure"] = forms.ChoiceField(label="数什么", choices=list(measures.items()))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("by") and data.get("by") == data.get("across"):
            self.add_error("across", "和分行的一样，请另选一个，或选“不分列”")
        return data


class SaveTallyForm(PlainForm):
    name = forms.CharField(label="保存为", max_length=40)


class UploadForm(PlainForm):
    file = forms.FileField(
        label="表格文件",
        help_text="WPS 或 Excel 表（.xlsx、.xls、.et、.csv），表头在前 30 行里就行。",
    )


class PasteForm(PlainForm):
    text = forms.CharField(
        label="粘贴的行",
        strip=False,
        error_messages={"required": "还没有粘贴内容：在 WPS 或 Excel 里选中几行，复制，再贴到框里"},
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        help_text="连表头一起复制最好，列的顺序随意；没有表头就按下面的顺序读。",
    )


class ExportForm(PlainForm):
    version = forms.ChoiceField(
        label="给谁用", choices=list(VERSIONS.items()), initial="above", widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label="用途",
        required=False,
        max_length=100,
        help_text="内部版必填，会印在每一页上并记入审计。",
    )


class ReasonForm(PlainForm):
    reason = forms.CharField(label="事由", max_length=100)


class LockForm(PlainForm):
    """A period to be locked: which ledger, where, from – to, why."""

    register = forms.ChoiceField(label="台账", required=False)
    area = forms.ModelChoiceField(Area.objects.none(), label="地方", empty_label=None)
    first = forms.DateField(label="从", widget=_day())
    last = forms.DateField(label="到", widget=_day())
    reason = forms.CharField(
        label="理由", max_length=120,
        help_text="例如：10 月报表已报出。碰到锁定的人会看到这句话。",
    )  # fmt: skip

    def __init__(
        self, *args: Any, registers: list[Register], areas: list[Area], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "register", [("", "全部台账"), *((r.code, r.label) for r in registers)])
        field = self.fields["area"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Area.objects.filter(pk__in=[a.pk for a in areas]).order_by("path")


class AllowForm(PlainForm):
    """Who may still enter, until when, why."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="哪个单位", empty_label="请选择")
    until = forms.DateField(label="补录截止", widget=_day())
    reason = forms.CharField(
        label="理由", max_length=120, help_text="例如：台账漏登 3 行，已核实。"
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = units


class LiftForm(PlainForm):
    """Why a locked period is opened again."""

    reason = forms.CharField(label="为什么解除", max_length=120)


class CloseForm(PlainForm):
    """The month that is complete, with what there is to say of it."""

    month = forms.DateField(widget=forms.HiddenInput)
    note = forms.CharField(label="说明", max_length=120, required=False)


def _choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
