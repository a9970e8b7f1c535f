"""Where a compound lies: typed or tapped; a table of coordinates."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.org.rules import datums, points
from huiyin.org.rules.points import Point, PointElsewhere


def _datum(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=list(datums.DATUMS.items()), initial=datums.WGS84,
        widget=forms.RadioSelect, help_text="在哪种地图上查的就选哪种，保存时换算成 WGS-84。",
    )  # fmt: skip


class LocateForm(PlainForm):
    """Latitude and longitude; both may stand in the first field, as maps copy them."""

    latitude = forms.CharField(
        label="纬度", max_length=60, help_text="如 27.34012；从地图上复制来的“经度,纬度”可以整个贴在这里。",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={"required": "请写纬度，或在地图上点"},
    )  # fmt: skip
    longitude = forms.CharField(
        label="经度", max_length=40, required=False, help_text="如 103.71953；上面已经贴了两个数的不用写。",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    datum = _datum("坐标系")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        self.point: Point | None = None
        if "latitude" in data:
            try:
                self.point = points.typed(data["latitude"], data.get("longitude", ""))
            except PointElsewhere as error:
                self.add_error("latitude", str(error))
        return data


class CoordinatesForm(PlainForm):
    """A table of coordinates."""

    file = forms.FileField(
        label="表格", help_text="Excel、WPS 表格或 CSV，一行一个小区；列名和先后都不限。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv"}),
        error_messages={"required": "请选择文件"},
    )  # fmt: skip
    datum = _datum("表里没写坐标系的，按哪种")


class CompoundFilterForm(forms.Form):
    q = forms.CharField(label="小区或社区", required=False, max_length=40)
    part = forms.CharField(required=False, widget=forms.HiddenInput)
