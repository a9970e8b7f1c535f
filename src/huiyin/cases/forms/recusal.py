"""Form of the recusal register."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.org.models import Compound, Person, Unit


def _day() -> forms.DateInput:
    """A field of the browser's own calendar: it shows a value written as 2026-09-30 only."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RecusalForm(PlainForm):
    """Who keeps out, about what, why and how long. `people`, `units`, `compounds` bound the choices."""

    person = forms.ModelChoiceField(Person.objects.none(), label="回避人员", required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="回避单位", required=False)
    about_unit = forms.ModelChoiceField(
        Unit.objects.none(), label="对哪个单位", required=False, help_text="此件反映的单位"
    )
    about_person = forms.ModelChoiceField(
        Person.objects.none(), label="对哪个人", required=False, help_text="此件反映的工作人员"
    )
    compound = forms.ModelChoiceField(Compound.objects.none(), label="对哪个小区", required=False)
    number = forms.CharField(label="或只对某一件（编号）", required=False, max_length=12)
    reason = forms.CharField(label="事由", max_length=120, help_text="例如：亲属住在该小区")
    valid_from = forms.DateField(label="起", widget=_day())
    valid_to = forms.DateField(
        label="止", required=False, widget=_day(),
        help_text="不填为长期",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, units: Any, compounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (
            ("person", people), ("unit", units), ("about_unit", units),
            ("about_person", people), ("compound", compounds),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
            field.empty_label = "请选择"

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under what they answer."""
        return [
            ("谁回避（人员、单位至少选一个）", [self["person"], self["unit"]]),
            ("对什么回避（选一个）",
             [self["about_unit"], self["about_person"], self["compound"], self["number"]]),
            ("为什么，从哪天到哪天", [self["reason"], self["valid_from"], self["valid_to"]]),
        ]  # fmt: skip
