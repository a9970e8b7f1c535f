"""Forms of base: the complaint about burden or the system."""

from __future__ import annotations

from django import forms


class BurdenComplaintForm(forms.Form):
    """One text; `page` is where the person came from and is not asked."""

    text = forms.CharField(
        label="您的意见",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="例如：同样的数要填两遍、表格没有必要、页面用不了。",
        error_messages={
            "required": "还没有写意见，请写一两句",
            "max_length": "请控制在 2000 字以内",
        },
    )
    page = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    anonymous = forms.BooleanField(
        label="不留姓名",
        required=False,
        help_text="意见里不记是谁提的；您也就不能在这里看到答复。",
    )
