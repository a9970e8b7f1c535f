"""Fields that the asks of a transition become, where Django has none that fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from huiyin.base.rules.dates import UnreadableDate, parse_moment
from huiyin.cases.selectors.around import UnitChoice
from huiyin.org.models import Unit


class UnitSelect(forms.Select):
    """Units in groups, nearest first; what may not be chosen is there, greyed, and says why.

    With JavaScript it becomes a field to type in that searches all units around (data-search).
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.units: dict[int, UnitChoice] = {}
        self.refused: dict[int, str] = {}

    def create_option(self, name: str, value: Any, label: Any, *args: Any, **kwargs: Any) -> Any:
        option: dict[str, Any] = super().create_option(name, value, label, *args, **kwargs)
        pk = int(str(value)) if str(value).isdigit() else 0
        if pk in self.units:
            option["attrs"]["data-pinyin"] = self.units[pk].pinyin
        if pk in self.refused:
            option["attrs"]["disabled"] = True
        return option


class UnitSelectMultiple(UnitSelect, forms.SelectMultiple):
    """The same for several units."""

    allow_multiple_selected = True


def grouped(units: Sequence[UnitChoice], refused: dict[int, str]) -> list[tuple[str, Any]]:
    """Choices of a select, by group in the order given; refused ones say why."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for unit in units:
        why = refused.get(unit.id)
        label = f"{unit.name}（{why}）" if why else unit.name
        groups.setdefault(unit.group, []).append((unit.id, label))
    return list(groups.items())


def fill_units(
    field: forms.ModelChoiceField[Unit],
    units: Sequence[UnitChoice],
    *,
    refused: dict[int, str],
    search: str,
    empty: str | None,
) -> None:
    """Give a unit field its list, its refusals and the address that searches further."""
    widget = field.widget
    assert isinstance(widget, UnitSelect)
    widget.units, widget.refused = {u.id: u for u in units}, refused
    widget.attrs["data-search"] = search
    choices: list[Any] = grouped(units, refused)
    field.choices = [("", empty), *choices] if empty is not None else choices


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One unit in force around the place."""

    widget = UnitSelect
    default_error_messages = {"invalid_choice": "这个单位不在本地可选范围，请重新选择"}

    def __init__(self, queryset: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(queryset, **kwargs)


class UnitsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several units in force around the place."""

    widget = UnitSelectMultiple
    default_error_messages = {"invalid_choice": "有的单位不在本地可选范围，请重新选择"}


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/input.html"


class FilesField(forms.FileField):
    """Several files; cleaning gives a list. What they are is looked at by services.attaching."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        several: Iterable[Any] = data if isinstance(data, list | tuple) else [data]
        return [single(one, initial) for one in several if one]


class LocalDateField(forms.DateField):
    """A date as people write it: 2026-12-31, 2026.12.31, 2026年12月31日."""

    widget = forms.DateInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return parse_moment(str(value)).date()
        except UnreadableDate as error:
            raise ValidationError(str(error)) from None


def yes_no(label: str, *, required: bool, **kwargs: Any) -> forms.TypedChoiceField:
    """是 / 否; where it may stay open, 未问 stands first and gives None."""
    choices = [("yes", "是"), ("no", "否")]
    return forms.TypedChoiceField(
        label=label,
        required=required,
        choices=choices if required else [("", "未问"), *choices],
        coerce=lambda v: v == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        **kwargs,
    )
