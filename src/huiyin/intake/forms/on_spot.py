"""What somebody found on the spot: three fields and photos for whoever likes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.base.rules.images import MAX_BYTES
from huiyin.cases.rules import words as w
from huiyin.intake.forms.placed import PlacedForm
from huiyin.intake.forms.report import Photos, PhotosField
from huiyin.intake.services.on_spot import Finding, most_photos
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules import danger_words

SOLVED, PASSED_ON = "solved", "passed_on"


def _photos(label: str) -> PhotosField:
    return PhotosField(
        label=label, required=False, widget=Photos(attrs={"accept": "image/*"}),
    )  # fmt: skip


class OnSpotForm(PlacedForm):
    """`action` = the button: solved here and now, or passed on."""

    post = forms.ChoiceField(label="以哪个岗位", required=False)
    place_text = forms.CharField(
        label="具体位置", required=False, max_length=60,
        widget=forms.TextInput(attrs={"placeholder": "如：3 栋 1 单元楼道"}),
    )  # fmt: skip
    text = forms.CharField(
        label="看到什么", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写看到了什么，一句就行"},
    )  # fmt: skip
    done = forms.CharField(
        label="怎么办好的", required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text="没办好就空着，按“没办好，上报”。",
    )  # fmt: skip
    wrongdoing = forms.ChoiceField(
        label="是检举控告公职人员吗", required=False, choices=list(w.ACCUSES.items()),
        widget=forms.RadioSelect, help_text="请问反映的人。选“是”就只留底，您也打不开。",
    )  # fmt: skip
    before = _photos("处理前的照片")
    after = _photos("处理后的照片")

    def __init__(
        self, *args: Any, action: str = SOLVED, held: Sequence[ActingPost] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        for name in ("before", "after"):
            self.fields[name].help_text = f"可以不拍，最多 {most_photos()} 张"
        self.fields["post"].choices = [(str(p.post_id), p.label) for p in held]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.action == SOLVED and not cleaned.get("done", "").strip():
            self.add_error("done", "请写怎么办好的，一句就行；没办好就按“没办好，上报”")
        if danger_words.scan(cleaned.get("text", "")).wrongdoing and not cleaned.get("wrongdoing"):
            self.add_error("wrongdoing", "写的话像是检举控告公职人员，请问清后选一个")
        return cleaned

    def finding(self) -> Finding:
        """What was filled in, for the service. Only after is_valid()."""
        c = self.cleaned_data
        assert self.resolved is not None
        solved, n = self.action == SOLVED, most_photos() + 1
        return Finding(
            client_id=c["client_id"], where=self.resolved, text=c["text"].strip(),
            done=c["done"].strip() if solved else "", place_text=c["place_text"],
            wrongdoing=c["wrongdoing"],
            before=tuple(p.read(MAX_BYTES + 1) for p in c["before"][:n]),
            after=tuple(p.read(MAX_BYTES + 1) for p in c["after"][:n]) if solved else (),
        )  # fmt: skip
