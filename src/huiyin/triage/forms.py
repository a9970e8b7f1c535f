"""Forms of the dispatch catalogue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.triage.models import CatalogueRow
from huiyin.triage.rules.catalogue import Lead, Row
from huiyin.triage.rules.functions import FUNCTIONS, NEVER_LEAD
from huiyin.triage.rules.urgency import LABELS

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
#: Leads of one matter: more nobody tells apart by words.
LEADS = 4
#: What a row's origin says behind the basis, until 本地参数 confirms it.
WAITS = "（待本地确认）"


class CatalogueFilterForm(PlainForm):
    """Filters of the list; `categories` are the names that rows use."""

    q = forms.CharField(label="事项、关键词或判别", required=False, max_length=20)
    category = forms.ChoiceField(label="类别", required=False)
    function = forms.ChoiceField(
        label="主办或协办", required=False, choices=[("", "全部职能"), *FUNCTIONS.items()]
    )

    show = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, categories: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["category"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部类别"), *((name, name) for name in categories)]


class CatalogueRowForm(PlainForm):
    """One matter: who leads, who supports, how to tell; from which day, on what basis.

    `categories` are the names of the tree.
    """

    matter = forms.CharField(label="事项", max_length=40)
    keywords = forms.CharField(
        label="关键词", max_length=400, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="居民会用的词，用“、”隔开；文中出现越多，越像这个事项。",
    )  # fmt: skip
    categories_ = forms.CharField(
        label="对应类别", required=False, max_length=200,
        help_text="类别树里的名称，用“、”隔开。",
    )  # fmt: skip
    support = forms.MultipleChoiceField(
        label="协办", required=False, choices=list(FUNCTIONS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    urgency = forms.ChoiceField(label="紧急度", choices=list(LABELS.items()))
    deadline = forms.CharField(
        label="时限提示", required=False, max_length=40,
        help_text="给派单员看的话；真正的时限在“本地参数”。",
    )  # fmt: skip
    how_to_tell = forms.CharField(label="关键判别", required=False, max_length=120)
    from_day = forms.DateField(label="生效日", widget=_DAY)
    basis = forms.CharField(
        label="依据", max_length=100, help_text="会议纪要、职责清单或文件名；文号在“本地参数”确认。"
    )

    def __init__(self, *args: Any, categories: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_categories = frozenset(categories)
        for n in range(1, LEADS + 1):
            self.fields[f"lead_{n}"] = forms.ChoiceField(
                label="主办" if n == 1 else f"主办之{n}", required=n == 1,
                choices=[("", "—"), *FUNCTIONS.items()],
                error_messages={"required": "请选择首选的主办职能"},
            )  # fmt: skip
            self.fields[f"when_{n}"] = forms.CharField(
                label="什么情形", required=False, max_length=40
            )
            self.fields[f"words_{n}"] = forms.CharField(
                label="文中有这些词时转给它", required=False, max_length=200
            )

    def lead_rows(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each lead side by side, for the template."""
        return [
            (self[f"lead_{n}"], self[f"when_{n}"], self[f"words_{n}"]) for n in range(1, LEADS + 1)
        ]

    def clean_keywords(self) -> list[str]:
        words = split_words(self.cleaned_data["keywords"])
        long = [word for word in words if len(word) > 20]
        if long:
            raise forms.ValidationError(f"“{long[0][:20]}…”太长，请用“、”隔开，每个词 20 字以内")
        return words

    def clean_categories_(self) -> list[str]:
        names = split_words(self.cleaned_data["categories_"])
        unknown = [name for name in names if name not in self.known_categories]
        if unknown:
            raise forms.ValidationError(f"类别树里没有“{'、'.join(unknown)}”")
        return names

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for n in range(1, LEADS + 1):
            function = given.get(f"lead_{n}")
            if function in NEVER_LEAD:
                self.add_error(
                    f"lead_{n}", "社区只能协助，不能主办：请选街道（乡镇）主办，把社区勾在协办里"
                )
            elif function and function in seen:
                self.add_error(f"lead_{n}", f"{FUNCTIONS[function]}写了两次，请删去一个")
            seen.add(function or "")
        return given

    def row(self) -> Row:
        """What was typed as a row of the rules, without its code."""
        given = self.cleaned_data
        leads = tuple(
            Lead(
                given[f"lead_{n}"],
                given[f"when_{n}"].strip(),
                tuple(split_words(given[f"words_{n}"])),
            )
            for n in range(1, LEADS + 1)
            if given[f"lead_{n}"]
        )
        support = tuple(
            f for f in given["support"] if f not in {lead.function for lead in leads[:1]}
        )
        return Row(
            "", given["matter"].strip(), tuple(given["keywords"]), leads, support,
            given["urgency"], given["deadline"].strip(), given["how_to_tell"].strip(),
            tuple(given["categories_"]), f"{given['basis'].strip()}{WAITS}",
        )  # fmt: skip


class EndCatalogueRowForm(PlainForm):
    """The last day of a row, and why. It stands on the page of the row's own form."""

    last_day = forms.DateField(label="最后一天", widget=_DAY)
    basis = forms.CharField(label="依据", max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="end_%s", **kwargs)


def initial_of(row: CatalogueRow, *, from_day: date) -> dict[str, Any]:
    """What the form shows of a row that is changed."""
    shown: dict[str, Any] = {
        "matter": row.matter, "keywords": "、".join(row.keywords), "support": row.support,
        "categories_": "、".join(row.categories), "urgency": row.urgency,
        "deadline": row.deadline, "how_to_tell": row.how_to_tell, "from_day": from_day,
    }  # fmt: skip
    for n, lead in enumerate(row.leads[:LEADS], start=1):
        shown |= {
            f"lead_{n}": lead["function"], f"when_{n}": lead.get("when", ""),
            f"words_{n}": "、".join(lead.get("words", ())),
        }  # fmt: skip
    return shown


def split_words(text: str) -> list[str]:
    """Words between 、 ， , or blanks, each once."""
    return list(dict.fromkeys(word for word in re.split(r"[、，,；;\s]+", text) if word))
