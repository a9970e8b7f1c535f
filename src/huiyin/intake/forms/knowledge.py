"""An answer of the knowledge base: a plain directory, no event."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from huiyin.intake.models import KnowledgeAnswer
from huiyin.org.models import Unit

_DAY = {"type": "date"}


class _UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.area.name} · {obj.name}"


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    """`checked`: somebody compared it with local rules today."""

    checked = forms.BooleanField(
        label="已按本地规定核对",
        required=False,
        help_text="勾了就不再显示“待本地确认”，记下日期和您的姓名。",
    )

    class Meta:
        model = KnowledgeAnswer
        fields = [
            "question",
            "keywords",
            "answer",
            "basis",
            "answers_for",
            "valid_from",
            "valid_to",
        ]
        widgets = {
            "answer": forms.Textarea(attrs={"rows": 6}),
            "valid_from": forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
            "valid_to": forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        }
        help_texts = {
            "keywords": "来电人会说的词，用空格隔开，如：维修资金 大修基金。",
            "answer": "照着能念出来的话，不写“详见附件”。",
            "basis": "法条或文号，如：民法典第二百七十八条。",
            "valid_to": "失效的填最后一天，不删除。",
        }
        error_messages = {
            "question": {"required": "请写问题"},
            "answer": {"required": "请写答复"},
            "basis": {"required": "请写依据，没有依据的答复不念给群众听"},
            "valid_from": {"required": "请填从哪天起有效", "invalid": "日期请写成 2026-11-24 这样"},
            "valid_to": {"invalid": "日期请写成 2026-11-24 这样"},
        }

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.fields["answers_for"] = _UnitField(
            Unit.objects.filter(valid_to__isnull=True).select_related("area")
            .order_by("area__path", "pinyin"),
            label="解释单位", required=False, empty_label="未定", help_text="有疑问找谁解释。",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "失效日早于生效日，请核对")
        return cleaned
