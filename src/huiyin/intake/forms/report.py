"""What a resident fills in: a report, and a further voice for an open problem."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html

from huiyin.base.rules.images import MAX_BYTES as PHOTO_BYTES
from huiyin.base.rules.personal_data import UnreadablePhone, normalise_phone
from huiyin.intake.rules import sounds, words
from huiyin.intake.rules.sounds import UnreadableSound
from huiyin.intake.selectors import Place
from huiyin.intake.services.receiving import Answers, longest_voice, most_photos
from huiyin.org.models import Unit

_CLIENT_ID = re.compile(r"[0-9a-f-]{32,36}\Z")
TEXT_LIMIT = 2000
#: None of the units that serve the place: its name is written.
ABOUT_OTHER = "other"
AREA_CODE = "0870"


def two_lines(labels: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Choices of radio cards: the word, and below it what it means."""
    return [
        (key, format_html("<span><b>{}</b><small>{}</small></span>", word, more))
        for key, (word, more) in labels.items()
    ]


class Photos(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files; each is looked at by the service, which leaves out what it cannot read."""

    widget = Photos

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(PhotosField, self).clean(one, initial) for one in data or [] if one]


class PhoneField(forms.CharField):
    """A phone in any form that people write; cleaned to its digits."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        super().__init__(required=False, max_length=30, widget=widget, **more)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return normalise_phone(typed, area_code=AREA_CODE)
        except UnreadablePhone as error:
            raise forms.ValidationError(str(error)) from None


class ContactForm(forms.Form):
    """What both forms ask of the person: all of it may be left empty."""

    client_id = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(widget=forms.HiddenInput)
    via = forms.CharField(widget=forms.HiddenInput, required=False)
    phone = PhoneField(
        label="手机号", help_text="留了手机号，办事的人好问清楚；查进度只要编号和后四位。",
    )  # fmt: skip
    name = forms.CharField(
        label="怎么称呼您", required=False, max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    choice = forms.ChoiceField(
        label="谁可以联系您", required=False, widget=forms.RadioSelect,
        choices=two_lines(words.CHOICES),
        help_text="不选的话：投诉只转接，举报保密，其他可直接联系。",
    )  # fmt: skip

    def __init__(self, *args: Any, filled_place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filled_place = filled_place

    def clean_client_id(self) -> str:
        """A browser that lost it gets one of its own, which only means that a repeat is not seen."""
        given: str = self.cleaned_data["client_id"]
        return given if _CLIENT_ID.match(given) else str(uuid.uuid4())

    def channel(self) -> str:
        return "qr" if self.cleaned_data["via"] == "qr" else "web"


class ReportForm(ContactForm):
    """A report. Text or a recording has to be there, and a place where it is vague."""

    kind = forms.ChoiceField(
        label="是哪一种事", widget=forms.RadioSelect, initial="help",
        choices=two_lines(words.KINDS),
        error_messages={"required": "请选一种，选不准就选第一个"},
    )  # fmt: skip
    text = forms.CharField(
        label="发生了什么", required=False, max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": f"最多 {TEXT_LIMIT} 字，请挑要紧的写"},
    )  # fmt: skip
    sound = forms.FileField(
        label="说给我们听", required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": True}),
    )  # fmt: skip
    place_text = forms.CharField(
        label="具体位置", required=False, max_length=100,
        widget=forms.TextInput(attrs={"placeholder": "如：3 栋 1 单元楼道"}),
    )  # fmt: skip
    latitude = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    longitude = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    photos = PhotosField(
        label="照片", required=False,
        widget=Photos(attrs={"accept": "image/*"}),
    )  # fmt: skip
    about = forms.ChoiceField(
        label="这件事是在反映下面哪个单位吗", required=False, widget=forms.RadioSelect,
        help_text="选了它，它就看不到这件事，也不能由它来办。",
    )  # fmt: skip
    about_name = forms.CharField(
        label="反映的是哪个单位", required=False, max_length=40,
        help_text="写名称就行，如某某学校。受理员核对以后，它就看不到这件事。不是反映单位的不用填。",
        error_messages={"max_length": "单位名称最多 40 字"},
    )  # fmt: skip
    wrongdoing = forms.ChoiceField(
        required=False, widget=forms.RadioSelect,
        label="您反映的是公职人员贪污受贿、以权谋私这一类问题吗",
        choices=[("yes", "是，检举控告公职人员"), ("no", "不是，是要办的事或服务问题")],
    )  # fmt: skip
    door = forms.CharField(
        label="门牌", required=False, max_length=60,
        help_text="需要上门时填，如 3 栋 1 单元 501。只有上门的人看得到。",
    )  # fmt: skip
    for_somebody = forms.BooleanField(
        label="我是替别人反映的", required=False,
        help_text="如家里老人、不会用手机的邻居。办完以后问他本人。",
    )  # fmt: skip
    for_name = forms.CharField(label="他怎么称呼", required=False, max_length=20)
    for_phone = PhoneField(label="他的电话")
    for_visit = forms.BooleanField(
        label="他没有电话或不方便接，请上门问", required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, about_units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "sound"
        ].help_text = (
            f"不方便打字就录一段，最长 {longest_voice()} 秒；由工作人员听写，写好前一直保留。"
        )
        self.fields[
            "photos"
        ].help_text = f"最多 {most_photos()} 张。照片里的时间、定位和手机型号会自动去掉。"
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", "不是"), *((str(u.pk), u.name) for u in about_units),
            (ABOUT_OTHER, "不是上面的，写名称"),
        ]  # fmt: skip
        if not about_units:
            del self.fields["about"]
        if self.filled_place.vague:
            self.fields["place_text"].required = True
            self.fields["place_text"].error_messages["required"] = (
                "还不知道在哪里，请写村、路、门店或附近的标志"
            )
            self.fields["place_text"].help_text = "写村、路、门店或附近的标志，找得到就行。"

    def clean_sound(self) -> bytes:
        """The recording's bytes; its kind is told by its first bytes."""
        upload = self.cleaned_data["sound"]
        if not upload:
            return b""
        longest = longest_voice()
        data: bytes = upload.read(sounds.most_bytes(longest) + 1)
        try:
            sounds.recognise(data, longest=longest)
        except UnreadableSound as error:
            raise forms.ValidationError(str(error)) from None
        return data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        said = cleaned.get("text", "").strip() or cleaned.get("sound")
        if not said and not {"text", "sound"} & set(self.errors):
            self.add_error("text", "还没有写发生了什么，请写一两句，或录一段话")
        reachable = cleaned.get("for_phone") or cleaned.get("for_visit")
        if cleaned.get("for_somebody") and not reachable and "for_phone" not in self.errors:
            self.add_error("for_phone", "办完以后要问他本人：请留他的电话，或选“请上门问”")
        if cleaned.get("for_visit") and not (cleaned.get("door") or cleaned.get("place_text")):
            self.add_error("door", "要上门问，请写门牌或具体位置")
        return cleaned

    def answers(self) -> Answers:
        """What was filled in, for the service."""
        c = self.cleaned_data
        for_somebody, about = bool(c["for_somebody"]), c.get("about", "")
        return Answers(
            client_id=c["client_id"], place=self.filled_place, text=c["text"].strip(),
            kind=c["kind"], channel=self.channel(), place_text=c["place_text"], name=c["name"],
            phone=c["phone"], door=c["door"], choice=c["choice"], for_somebody=for_somebody,
            for_name=c["for_name"] if for_somebody else "",
            for_phone=c["for_phone"] if for_somebody else "",
            for_visit=bool(c["for_visit"]) and for_somebody,
            about_unit_id=int(about) if about.isdigit() else None,
            about_name="" if about.isdigit() else c["about_name"].strip(),
            wrongdoing=c["wrongdoing"],
            latitude=c.get("latitude", ""), longitude=c.get("longitude", ""),
            photos=tuple(p.read(PHOTO_BYTES + 1) for p in c["photos"][: most_photos() + 1]),
            sound=c["sound"],
        )  # fmt: skip


class VoiceForm(ContactForm):
    """“同一个问题：加上我的声音”: words of one's own are welcome, not needed."""

    category = forms.CharField(widget=forms.HiddenInput, max_length=20)
    text = forms.CharField(
        label="想补充的话", required=False, max_length=TEXT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不写也可以。写了，由受理人员看过再合在一起办。",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].help_text = ""  # no kind is asked here that it could follow

    def answers(self) -> Answers:
        c = self.cleaned_data
        return Answers(
            client_id=c["client_id"], place=self.filled_place, text=c["text"].strip(), kind="help",
            channel=self.channel(), name=c["name"], phone=c["phone"], choice=c["choice"],
            same_category=c["category"],
        )  # fmt: skip
