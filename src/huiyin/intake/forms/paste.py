"""Pasted chat text, and the drafts that it is cut into."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.cases.rules import words as w
from huiyin.intake.forms.placed import PlacedForm
from huiyin.intake.forms.report import TEXT_LIMIT
from huiyin.intake.rules import pasted
from huiyin.intake.rules.report_kinds import kind_of
from huiyin.intake.services.pasting import Draft
from huiyin.intake.services.placing import Where
from huiyin.triage.rules import danger_words


class PasteForm(PlacedForm):
    """The text as it was copied, and where the group lives."""

    pasted = forms.CharField(
        label="聊天记录", max_length=pasted.CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="在群里多选后复制，粘到这里。按“谁、什么时候”分开；图片和语音粘不过来。",
        error_messages={"required": "还没有粘贴内容",
                        "max_length": f"一次最多 {pasted.CHARACTERS} 字，请分几次"},
    )  # fmt: skip


class DraftForm(PlainForm):
    """One message: edited, left out (not ticked) or filed."""

    take = forms.BooleanField(label="登记", required=False)
    client_id = forms.CharField(widget=forms.HiddenInput)
    said_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    name = forms.CharField(label="群里的名字", required=False, max_length=20)
    place_text = forms.CharField(label="具体位置", required=False, max_length=60)
    kind = forms.ChoiceField(label="性质", required=False, choices=list(w.KINDS.items()))
    wrongdoing = forms.ChoiceField(
        label="是检举控告公职人员吗", required=False, choices=list(w.ACCUSES.items()),
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = forms.CharField(
        label="内容", max_length=TEXT_LIMIT, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "内容是空的：补一句，或不勾选", "max_length": "内容太长"},
    )  # fmt: skip

    def clean_said_at(self) -> datetime | None:
        """What the text said of its time; an unreadable one is none."""
        try:
            return datetime.fromisoformat(self.cleaned_data["said_at"])
        except ValueError:
            return None

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if danger_words.scan(cleaned.get("text", "")).wrongdoing and not cleaned.get("wrongdoing"):
            self.add_error("wrongdoing", "像是检举控告公职人员，请问本人后选一个；没问到就先不勾")
        return cleaned

    @property
    def alerts(self) -> danger_words.Alerts:
        """What its words call for."""
        return danger_words.scan(self["text"].value() or "")

    def draft(self, where: Where) -> Draft:
        c = self.cleaned_data
        return Draft(
            client_id=c["client_id"], where=where, text=c["text"], name=c["name"],
            place_text=c["place_text"], kind=c["kind"], said_at=c["said_at"],
            wrongdoing=c["wrongdoing"],
        )  # fmt: skip


def initial_of(message: pasted.Message) -> dict[str, Any]:
    """What a draft starts with: ticked when it is long enough to be a matter and accuses nobody."""
    accuses = danger_words.scan(message.text).wrongdoing
    return {
        "take": message.likely and not accuses, "client_id": str(uuid.uuid4()), "name": message.name[:20],
        "said_at": message.at.isoformat() if message.at else "", "text": message.text,
        "kind": kind_of(text=message.text),
    }  # fmt: skip
