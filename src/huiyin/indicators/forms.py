"""Forms of the numbers."""

from __future__ import annotations

from django import forms

from huiyin.base.forms import PlainForm


class PublishForm(PlainForm):
    """What a figure is fixed for."""

    purpose = forms.CharField(
        label="用在哪里",
        max_length=60,
        min_length=2,
        help_text="例如：10 月工作简报、某某局来函报数。发布以后不能改，以后有变另附更正说明。",
        error_messages={"required": "请写明这个数用在哪里，例如“10 月工作简报”"},
    )
