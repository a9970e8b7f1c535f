"""What paperwork asks on its pages."""

from __future__ import annotations

from django import forms

from huiyin.base.forms import PlainForm


class ScanForm(PlainForm):
    """The stamped scan that came back, with its 文号 and date."""

    number = forms.CharField(label="文号", max_length=60, help_text="如 水政办发〔2026〕12号")
    issued_on = forms.DateField(
        label="成文日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    scan = forms.FileField(label="盖章扫描件", help_text="PDF、JPG 或 PNG，挂上以后不能再换。")
