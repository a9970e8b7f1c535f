"""An article to be checked, and what one of its figures is."""

from __future__ import annotations

from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.documents.rules.article_files import UnreadableArticle, read_article
from huiyin.paperwork.services.article_checks import NONE
from huiyin.paperwork.services.checking import MOST_CHARACTERS


class ArticleForm(PlainForm):
    """Pasted or as a file; what was pasted stays when something is wrong."""

    title = forms.CharField(
        label="标题", required=False, max_length=80, help_text="不填就用正文第一行。"
    )
    text = forms.CharField(
        label="正文", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=f"从 Word、WPS 或排好的版面上复制都行，断行、分栏不要紧。一次最多 {MOST_CHARACTERS:,} 字。",
    )  # fmt: skip
    file = forms.FileField(
        label="或者选一个文件", required=False, help_text=".txt 或 .docx",
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.docx"}),
    )  # fmt: skip
    place = forms.ChoiceField(label="稿件说的地方", help_text="文中没写地名的数，按这个地方对。")
    as_of = forms.DateField(
        label="稿件日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="“今年以来”“目前”按这一天算。",
        error_messages={"invalid": "日期请写成 2026-11-24"},
    )  # fmt: skip

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if file is not None and text.strip():
            self.add_error("file", "正文和文件只要一样：清空正文，或不选文件")
        elif file is not None:
            try:
                cleaned["text"] = read_article(file.read(), file.name)
            except UnreadableArticle as error:
                self.add_error("file", str(error))
        elif not text.strip():
            self.add_error("text", "请粘贴正文，或选一个文件")
        if len(cleaned.get("text", "")) > MOST_CHARACTERS:
            field = "file" if file is not None else "text"
            self.add_error(
                field,
                f"稿件有 {len(cleaned['text']):,} 字，一次最多 {MOST_CHARACTERS:,} 字，请分开核对",
            )
        return cleaned


class ChoiceOfLinkForm(PlainForm):
    """What a figure is: one of the likely numbers, any other one, or none."""

    choice = forms.ChoiceField(label="这个数对应", widget=forms.RadioSelect)
    other = forms.ChoiceField(label="全部指标", required=False)

    def __init__(
        self,
        *args: Any,
        likely: list[tuple[str, str]],
        others: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            *likely, (NONE, "没有对应的指标"), ("other", "别的指标（在下面选）"),
        ]  # fmt: skip
        self.fields["other"].choices = [("", "请选择"), *others]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        choice, other = cleaned.get("choice", ""), cleaned.get("other", "")
        if choice == "other" and not other:
            self.add_error("other", "请在列表里选一个指标")
        cleaned["link"] = other if choice == "other" else choice
        return cleaned
