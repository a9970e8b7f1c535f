"""From what a transition asks to the fields of its form: one maker per type of ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse

from huiyin.base.rules.local_defaults import CONTACT_HOURS
from huiyin.base.selectors import local_number
from huiyin.cases.forms import fields
from huiyin.cases.models import Case
from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions import Ask
from huiyin.cases.selectors.around import UnitChoice, choice, nearest_units, units_around
from huiyin.cases.selectors.filter_choices import Grouped
from huiyin.cases.selectors.related import NearCopy
from huiyin.cases.services import attaching
from huiyin.org.models import Unit
from huiyin.org.rules.grants import ActingPost

#: Up to so many choices stand open as radio buttons, more fold into a list.
OPEN_CHOICES, OPEN_CHOICES_OPTIONAL = 7, 4
#: Asks whose present value on the case stands in the field.
FROM_CASE = ("kind", "urgency", "category")


@dataclass(frozen=True)
class Around:
    """What a form needs to know beside its transition.

    `posts`: those in which this person may do it (one or more). `categories`: grouped choices.
    `copies`: cases into which this one might be merged. `suggested`: values to begin with.
    """

    case: Case
    posts: Sequence[ActingPost]
    day: date
    categories: Grouped = field(default_factory=list)
    copies: Sequence[NearCopy] = ()
    suggested: Mapping[str, Any] = field(default_factory=dict)


def filled(label: str) -> str:
    """A label with the local default that it names, if any."""
    if "{" not in label:
        return label
    return label.format(contact_hours=local_number(CONTACT_HOURS))


class FieldMaker:
    """Makes the fields of one form. `typed` = what was sent, so that a unit found by searching is
    still in its list when the form comes back with errors."""

    def __init__(self, around: Around, typed: QueryDict | Mapping[str, Any] | None) -> None:
        self.around, self.typed = around, typed
        self._kept_units: list[UnitChoice] | None = None

    def make(self, ask: Ask) -> dict[str, forms.Field]:
        """The field of an ask by its key; a case has a second one for near copies."""
        if ask.type == "case":
            return self._case(ask)
        maker: Callable[[Ask], forms.Field] = getattr(self, f"_{ask.type}", self._text)
        made = maker(ask)
        made.label = filled(ask.label)
        made.required = ask.required and ask.type != "files"
        made.help_text = made.help_text or ask.help
        return {ask.key: made}

    def _text(self, ask: Ask) -> forms.Field:
        rows = 5 if ask.public else 3 if ask.required else 2
        widget = forms.Textarea(attrs={"rows": rows})
        return forms.CharField(max_length=ask.limit, widget=widget)

    def _line(self, ask: Ask) -> forms.Field:
        return forms.CharField(max_length=ask.limit)

    def _number(self, ask: Ask) -> forms.Field:
        widget = forms.NumberInput(attrs={"inputmode": "numeric"})
        return forms.IntegerField(min_value=1, max_value=999, widget=widget)

    def _date(self, ask: Ask) -> forms.Field:
        return fields.LocalDateField()

    def _yes_no(self, ask: Ask) -> forms.Field:
        return fields.yes_no(ask.label, required=ask.required)

    def _choice(self, ask: Ask) -> forms.Field:
        choices: list[tuple[str, str]] = list(ask.choices.items())
        if not ask.required and ask.key not in FROM_CASE:
            choices = [("", "未填"), *choices]
        most = OPEN_CHOICES if ask.required else OPEN_CHOICES_OPTIONAL
        radio = len(ask.choices) <= most
        return forms.ChoiceField(
            choices=choices, widget=forms.RadioSelect if radio else forms.Select
        )

    def _category(self, ask: Ask) -> forms.Field:
        if not self.around.categories:
            return forms.CharField(max_length=20)
        choices: list[Any] = [("", "未分类"), *self.around.categories]
        present = self.around.case.category
        if present and all(
            present != code for _, group in self.around.categories for code, _ in group
        ):
            choices.append((present, present))  # filed under a code that is no leaf any more
        return forms.ChoiceField(choices=choices)

    def _unit(self, ask: Ask) -> forms.Field:
        made = fields.UnitField(self._in_force())
        self._fill(made, ask, self._refused(leads=True), empty="请选择")
        return made

    def _subject(self, ask: Ask) -> forms.Field:
        """Any unit around the place: whom a case is about need not be able to lead."""
        made = fields.UnitField(self._in_force())
        case = self.around.case
        refused = {case.lead_id: "正在主办，请先改派"} if case.lead_id else {}
        self._fill(made, ask, refused, empty="不针对任何单位")
        made.widget.attrs["data-any-unit"] = ""
        return made

    def _units(self, ask: Ask) -> forms.Field:
        made = fields.UnitsField(self._in_force())
        self._fill(made, ask, self._refused(leads=False), empty=None)
        return made

    def _files(self, ask: Ask) -> forms.Field:
        accept = ",".join(["image/*", *(f".{e}" for e in attaching.DOCUMENTS)])
        before = f"{ask.help}；" if ask.help else ""
        return fields.FilesField(
            widget=fields.ManyFiles(attrs={"accept": accept}),
            help_text=f"{before}收{attaching.ACCEPTED}，最多 {attaching.most_files()} 个",
        )

    def _case(self, ask: Ask) -> dict[str, forms.Field]:
        """A number to type; before it, near copies to pick from."""
        made: dict[str, forms.Field] = {}
        copies = self.around.copies
        if copies:
            made[f"{ask.key}_near"] = forms.ChoiceField(
                label=f"{ask.label}（文字相近的在办件）", required=False, widget=forms.RadioSelect,
                choices=[
                    *((n.case.number, f"相似 {n.percent}% · {n.case.number} · {n.case.status_label}"
                       f" · {n.case.title[:20]}") for n in copies),
                    ("", "都不是"),
                ],
            )  # fmt: skip
        made[ask.key] = forms.CharField(
            label="或输入编号" if copies else ask.label, required=ask.required and not copies,
            max_length=14, widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text=ask.help or "编号印在短信和打印件上，例如 S00001234",
        )  # fmt: skip
        return made

    def _in_force(self) -> Any:
        return units_around(self.around.case.area, day=self.around.day)

    def _fill(
        self,
        made: forms.ModelChoiceField[Unit],
        ask: Ask,
        refused: Mapping[int, str],
        *,
        empty: str | None,
    ) -> None:
        """The list of a unit field: nearest units, and whatever stands in the field already."""
        case = self.around.case
        units = list(self._nearest())
        wanted = self._standing(ask.key) - {u.id for u in units}
        if wanted:
            units += [
                choice(u) for u in self._in_force().filter(pk__in=wanted).select_related("area")
            ]
        fields.fill_units(
            made, units, refused=dict(refused),
            search=reverse("unit_choices", args=[case.number]), empty=empty,
        )  # fmt: skip

    def _nearest(self) -> list[UnitChoice]:
        if self._kept_units is None:
            self._kept_units = nearest_units(self.around.case, day=self.around.day)
        return self._kept_units

    def _refused(self, *, leads: bool) -> dict[int, str]:
        """Units that may not be given the case, and why."""
        case = self.around.case
        refused = {u.id: "只能协办" for u in self._nearest() if leads and u.only_support}
        if leads and case.lead_id and case.status != w.AWAITING_DISPATCH:
            refused[case.lead_id] = "现主办单位"
        if case.about_unit_id:
            refused[case.about_unit_id] = "此件反映的单位"
        return refused

    def _standing(self, key: str) -> set[int]:
        if isinstance(self.typed, QueryDict):
            return {int(v) for v in self.typed.getlist(key) if v.isdigit()}
        if key == "about_unit":
            return {self.around.case.about_unit_id} - {None}  # type: ignore[return-value]
        value = (self.typed or self.around.suggested).get(key) or ()
        return {value} if isinstance(value, int) else {int(v) for v in value}
