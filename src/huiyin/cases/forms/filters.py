"""The filter row of the list of cases: a plain GET form that gives a CaseFilter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.http import urlencode

from huiyin.base.forms import PlainForm
from huiyin.cases import registry
from huiyin.cases.forms.fields import LocalDateField
from huiyin.cases.rules import words as w
from huiyin.cases.rules.case_filter import STATUS_CHOICES, CaseFilter
from huiyin.cases.selectors.filter_choices import Grouped

#: Fields that stand in the row; the others are behind 更多条件.
IN_ROW = ("q", "status", "unit", "area", "kind", "urgency", "overdue")


def _any(label: str, choices: dict[str, str]) -> list[tuple[str, str]]:
    return [("", label), *choices.items()]


class CaseFilterForm(PlainForm):
    """What cannot be read narrows nothing and says so. `units`, `areas`, `categories`: grouped."""

    q = forms.CharField(
        label="关键词或编号", required=False, max_length=40,
        widget=forms.TextInput(attrs={"type": "search", "size": 14}),
    )  # fmt: skip
    status = forms.ChoiceField(
        label="状态", required=False, choices=_any("全部状态", STATUS_CHOICES)
    )
    unit = forms.ChoiceField(label="主办单位", required=False)
    area = forms.ChoiceField(label="区域", required=False)
    kind = forms.ChoiceField(label="性质", required=False, choices=_any("全部性质", w.KINDS))
    urgency = forms.ChoiceField(label="紧急度", required=False, choices=_any("全部", w.URGENCIES))
    overdue = forms.BooleanField(label="只看超期", required=False)
    type = forms.CharField(label="类型", required=False, max_length=20)
    category = forms.CharField(label="类别", required=False, max_length=20)
    channel = forms.ChoiceField(label="渠道", required=False, choices=_any("全部渠道", w.CHANNELS))
    since = LocalDateField(label="受理自", required=False)
    until = LocalDateField(label="至", required=False)

    def __init__(
        self,
        *args: Any,
        units: Grouped,
        areas: Grouped,
        categories: Grouped,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._choose("unit", "全部单位", units)
        self._choose("area", "全部区域", areas)
        self.fields["type"] = forms.ChoiceField(
            label="类型", required=False,
            choices=_any("全部类型", {t.code: t.label for t in registry.all_types()}),
        )  # fmt: skip
        if categories:
            self.fields["category"] = forms.ChoiceField(
                label="类别", required=False, choices=[("", "全部类别"), *categories]
            )

    def _choose(self, name: str, empty: str, choices: Grouped) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", empty), *choices]
        if not choices:
            del self.fields[name]

    @property
    def row(self) -> list[forms.BoundField]:
        """The fields that stand in the row."""
        return [self[n] for n in IN_ROW if n in self.fields]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields behind 更多条件."""
        return [self[n] for n in self.fields if n not in IN_ROW]

    @property
    def unfold(self) -> bool:
        """Whether one of the folded fields is in use."""
        return any(self.data.get(bound.name) for bound in self.folded)

    def narrow(self) -> CaseFilter:
        """The filter; fields with errors are left out."""
        self.is_valid()
        data = self.cleaned_data
        return CaseFilter(
            status=data.get("status") or "", unit_id=_int(data.get("unit")),
            area_id=_int(data.get("area")), type=data.get("type") or "", kind=data.get("kind") or "",
            category=data.get("category") or "", urgency=data.get("urgency") or "",
            channel=data.get("channel") or "", overdue=bool(data.get("overdue")),
            since=data.get("since"), until=data.get("until"), words=data.get("q") or "",
        )  # fmt: skip

    def query(self) -> str:
        """The query string of what is narrowed, in the order of the fields: equal filters, equal
        strings."""
        self.is_valid()
        pairs = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if value not in (None, "", False):
                pairs.append((name, "on" if value is True else str(value)))
        return urlencode(pairs)


def _int(value: Any) -> int | None:
    return int(value) if value else None
