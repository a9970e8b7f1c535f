"""Number and tail, and the reporter's answers."""

from __future__ import annotations

from typing import Any

from django import forms

#: One tap → what it means. The order of the buttons.
ANSWERS = {
    "good": ("已解决，满意", True, "satisfied"),
    "fair": ("已解决，基本满意", True, "fair"),
    "bad": ("已解决，但不满意", True, "dissatisfied"),
    "open": ("没有解决", False, ""),
}


class FollowForm(forms.Form):
    """Number, and the last four digits of the phone or the code."""

    number = forms.CharField(
        label="编号", max_length=30, help_text="字母加数字，空格和短横写不写都行。",
        widget=forms.TextInput(attrs={
            "autocomplete": "off", "autocapitalize": "characters", "placeholder": "S000 0123-4"}),
        error_messages={"required": "请填编号，在反映成功的页面或短信里"},
    )  # fmt: skip
    tail = forms.CharField(
        label="手机号后四位，或查询码", max_length=12,
        help_text="反映时没有留手机号的，填页面上给您的六位查询码。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "请填手机号后四位，或六位查询码"},
    )  # fmt: skip


class AnswerForm(forms.Form):
    """Solved or not, satisfied or not, in one tap; a word beside it if somebody likes."""

    answer = forms.ChoiceField(
        choices=[(k, v[0]) for k, v in ANSWERS.items()],
        error_messages={"required": "请按一个按钮", "invalid_choice": "请按一个按钮"},
    )
    note = forms.CharField(
        label="想说的话", required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def given(self) -> dict[str, Any]:
        """resolved, satisfied, note."""
        _, resolved, satisfied = ANSWERS[self.cleaned_data["answer"]]
        return {"resolved": resolved, "satisfied": satisfied, "note": self.cleaned_data["note"]}


class BackAgainForm(forms.Form):
    note = forms.CharField(
        label="现在是什么情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写一句现在的情况"},
    )  # fmt: skip
