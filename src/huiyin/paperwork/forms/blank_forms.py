"""Forms of the register of forms: upload, its particulars, what a blank is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.indicators import registry
from huiyin.indicators.rules import periods
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.rules.catalogue import FREQUENCIES
from huiyin.paperwork.rules.links import COMPARISONS, Link
from huiyin.paperwork.rules.spans import MONTH, QUARTER, YEAR, Span
from huiyin.paperwork.services import values
from huiyin.paperwork.services.filling import Cell

#: Periods that a person may choose for a blank, in words that hold for the next month too.
SPANS: dict[str, tuple[str, Span]] = {
    "base": ("本期（这张表的期间）", Span()),
    "to_date": ("本年累计", Span(to_date=True)),
    "before": ("上一期", Span(back=1)),
    "year_ago": ("上年同期", Span(years_back=1)),
    "to_date_year_ago": ("上年同期累计", Span(to_date=True, years_back=1)),
    "month": ("本月", Span(unit=MONTH)),
    "quarter": ("本季度", Span(unit=QUARTER)),
    "year": ("本年", Span(unit=YEAR)),
    "last_year": ("上年", Span(unit=YEAR, back=1)),
    "opening": ("期初（上期末）", Span(back=1, edge="end")),
}
NOTHING, AS_READ = "nothing", "read"


class DetailsForm(PlainForm):
    """What the register of forms says of a form."""

    issuer = forms.CharField(label="发表单位", max_length=80, required=False)
    number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="没有文号的表标明“可拒填”"
    )
    frequency = forms.ChoiceField(label="频次", choices=FREQUENCIES.items(), initial="monthly")
    due_day = forms.IntegerField(
        label="期后几日前报",
        min_value=1,
        max_value=28,
        initial=5,
        help_text="如次月 5 日前报，写 5",
    )
    expires_on = forms.DateField(
        label="有效期至", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip


class UploadForm(DetailsForm):
    """A blank form as it came."""

    field_order = ("file", "issuer", "number", "frequency", "due_day", "expires_on")
    file = forms.FileField(
        label="空表", help_text=".xlsx、.xls、.et 或 .docx，8 MB 以内，照原样传，不用改",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et,.docx"}),
    )  # fmt: skip


class SliceForm(PlainForm):
    """For which place and period a form is filled."""

    place = forms.CharField(max_length=20, required=False)
    period = forms.CharField(max_length=40, required=False)

    def clean_period(self) -> str:
        code = str(self.cleaned_data["period"])
        if code:
            try:
                periods.parse(code)
            except periods.UnknownPeriod as error:
                raise forms.ValidationError(str(error)) from None
        return code


class SettleForm(PlainForm):
    """What a blank is: a proposal of the machine, or number × place × period chosen by hand."""

    what = forms.ChoiceField(label="这一格填", widget=forms.RadioSelect)
    number = forms.ChoiceField(label="指标", required=False)
    place = forms.ChoiceField(label="地点", required=False)
    span = forms.ChoiceField(label="期间", required=False)
    compared = forms.ChoiceField(
        label="填数还是填比较", required=False, choices=[("", "填数"), *COMPARISONS.items()]
    )
    column_too = forms.BooleanField(label="同一列其他拿不准的格也照这个指标填", required=False)

    def __init__(self, *args: Any, cell: Cell, places: Sequence[Area], posts: Sequence[ActingPost], **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.cell = cell
        self.offered = [link for link, _, _ in cell.reading.candidates] or (
            [cell.link] if cell.link else []
        )
        what = [(str(n), self._words(link, places)) for n, link in enumerate(self.offered)]
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            *what, ("other", "自己选指标、地点、期间"), (NOTHING, "不由系统填，留空"),
        ]  # fmt: skip
        self.fields["number"].choices = [("", "请选择"), *_numbers(posts)]  # type: ignore[attr-defined]
        own = [("", "这张表的地点")]
        self.fields["place"].choices = [*own, *((a.code, a.name) for a in places)]  # type: ignore[attr-defined]
        said = [(AS_READ, "照表上写的")] if cell.reading.candidates or cell.link else []
        self.fields["span"].choices = [*said, *((k, v[0]) for k, v in SPANS.items())]  # type: ignore[attr-defined]

    def _words(self, link: Link, places: Sequence[Area]) -> str:
        place = next((a.name for a in places if a.code == link.place), "")
        return " · ".join(t for t in (values.words_of(link), place) if t)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("what") == "other" and not data.get("number"):
            self.add_error("number", "请选择指标")
        return data

    @property
    def link(self) -> Link | None:
        """The chosen link; None = stays empty."""
        data = self.cleaned_data
        if data["what"] == NOTHING:
            return None
        if data["what"] != "other":
            return self.offered[int(data["what"])]
        code, dimension, value = [*data["number"].split("|"), "", ""][:3]
        chosen = data.get("span") or "base"
        span = self.offered[0].span if chosen == AS_READ and self.offered else SPANS.get(chosen, SPANS["base"])[1]  # fmt: skip
        return Link(code, data.get("place") or "", span, dimension, value, derived=data.get("compared") or "")  # fmt: skip


def _numbers(posts: Sequence[ActingPost]) -> list[tuple[str, str]]:
    """Numbers that these posts may see, each with its breakdowns."""
    found: list[tuple[str, str]] = []
    for i in registry.all_indicators():
        if not any(p.may(i.grant) for p in posts):
            continue
        found.append((i.code, f"{i.label}（{i.measure.word}）"))
        for code, value, word in values.breakdowns(i):
            found.append((f"{i.code}|{code}|{value}", f"{i.label} · {word}"))
    return found
