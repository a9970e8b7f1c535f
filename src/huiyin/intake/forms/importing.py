"""Forms of the import: the file, and which column is which field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.documents.rules.report_columns import REPORT_FIELDS
from huiyin.intake.rules import import_states as states
from huiyin.intake.services import import_runs
from huiyin.org.models import Area

#: Fields that the page offers, in the order in which one thinks of them.
OFFERED = (
    "text", "at", "number", "title", "kind", "area", "subdistrict", "community", "compound",
    "place", "reporter", "phone", "confidential", "urgency", "reply", "replied_at", "closed_at",
    "status", "unit", "satisfaction", "channel", "category",
)  # fmt: skip
NO_COLUMN = "（没有这一列）"


class ImportFileForm(PlainForm):
    """The file, what it is of, and from which system its numbers are."""

    file = forms.FileField(
        label="表格文件",
        help_text="Excel、WPS 或 CSV（.xlsx .xls .et .csv），不超过 50 MB。表头名称和次序不限，合并的标题行、合计行会自己跳过。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,.gz"}),
        error_messages={"required": "请选择一个表格文件", "empty": "文件是空的，请另选一个"},
    )
    place = forms.ChoiceField(
        label="登记到", help_text="表里写明街道、社区或小区的，按表里的；没写的登记到这里。"
    )
    source = forms.CharField(
        label="来源系统",
        required=False,
        max_length=30,
        help_text="两个系统的编号会重复时才要写，如 问政平台。",
    )

    def __init__(self, *args: Any, places: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(a.pk), a.name) for a in places]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > states.MAX_BYTES:
            raise forms.ValidationError(import_runs.too_large(file.size))
        return file


class ImportColumnsForm(PlainForm):
    """One choice among the file's columns for each field."""

    def __init__(
        self, *args: Any, headings: Sequence[str], found: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        by_name = {f.name: f for f in REPORT_FIELDS}
        for name in OFFERED:
            spec = by_name[name]
            blank = "请选择" if spec.required else NO_COLUMN
            self.fields[name] = forms.ChoiceField(
                label=spec.label,
                required=spec.required,
                initial=found.get(name, ""),
                choices=[("", blank), *((h, h) for h in dict.fromkeys(headings))],
                error_messages={"required": f"请选择哪一列是“{spec.label}”"},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for name in OFFERED:
            heading = data.get(name)
            if heading and heading in taken:
                self.add_error(
                    name, f"“{heading}”已选作“{self.fields[taken[heading]].label}”，一列只能选一次"
                )
            elif heading:
                taken[heading] = name
        return data
