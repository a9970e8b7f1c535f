"""Forms of base: the complaint about burden or the system."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import pretty_name


class PlainForm(forms.Form):
    """A form whose errors say what to do: 请填写“联系电话” instead of “这个字段是必填项”.

    A field's own `error_messages` win. The label needs no colon.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Words for every field that there is by now: forms add fields after __init__."""
        stock = str(forms.Field.default_error_messages["required"])
        # The fields, not `for bound in self`: that would keep bound fields which a form below replaces.
        for name, field in self.fields.items():
            if str(field.error_messages.get("required", "")) == stock:
                verb = "选择" if isinstance(field, forms.ChoiceField) else "填写"
                field.error_messages["required"] = f"请{verb}“{field.label or pretty_name(name)}”"
        super().full_clean()


class BurdenComplaintForm(PlainForm):
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
