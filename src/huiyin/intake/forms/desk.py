"""One screen of the phone desk. Everything that is typed comes back when something is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from huiyin.cases.rules import numbers
from huiyin.cases.rules import words as w
from huiyin.intake.forms.placed import PlacedForm
from huiyin.intake.forms.report import AREA_CODE, TEXT_LIMIT, PhoneField
from huiyin.intake.rules import words
from huiyin.intake.services import desk_hints
from huiyin.intake.services.taking_calls import ANSWER, DISPATCH, FILE, TELL, Call
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import units_serving
from huiyin.triage.rules import danger_words

ACTIONS = (FILE, DISPATCH, ANSWER, TELL)
CHANNELS = {"phone": "来电", "visit": "来访"}
SUMMARY_LIMIT = 500
_VOICE = "voice:"


def _line(label: str, limit: int, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=limit,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
        error_messages={"max_length": f"“{label}”最多 {limit} 字"},
    )  # fmt: skip


def _radio(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect)


def _text(label: str, limit: int, rows: int) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"“{label}”最多 {limit} 字，请挑要紧的写"},
    )  # fmt: skip


class DeskForm(PlacedForm):
    """A call or visit. `action` = the button that was pressed."""

    post = forms.ChoiceField(label="以哪个岗位", required=False)
    channel = _radio("怎么来的", list(CHANNELS.items()))
    phone = PhoneField(label="电话")
    name = _line("称呼", 20)
    place_text = _line("具体位置", 60, placeholder="3 栋 1 单元楼道")
    door = _line("门牌", 60, placeholder="要上门才填")
    for_somebody = forms.BooleanField(label="替别人反映", required=False)
    for_name = _line("本人称呼", 20)
    for_phone = PhoneField(label="本人电话")
    for_visit = forms.BooleanField(label="没有电话，办完上门问", required=False)
    text = _text("来电人原话", TEXT_LIMIT, 5)
    summary = _text("摘要", SUMMARY_LIMIT, 5)
    kind = _radio("性质", list(w.KINDS.items()))
    urgency = _radio("紧急度", list(w.URGENCIES.items()))
    choice = _radio("谁可以联系", [(key, word) for key, (word, _) in words.CHOICES.items()])
    about = forms.CharField(label="反映的是", required=False, max_length=12)
    about_name = _line("或写单位名", 40, list="desk-unit-names")
    wrongdoing = _radio("是检举控告公职人员吗", list(w.ACCUSES.items()))
    same = forms.CharField(label="同一件事", required=False, max_length=40)
    lead = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    category = forms.CharField(required=False, max_length=20)
    lead_name = _line("主办单位", 40, list="desk-unit-names")
    reply = _text("答复或告知的话", 2000, 4)
    tell_channel = forms.ChoiceField(
        label="法定途径", required=False, choices=[("", "——"), *w.TELL_CHANNELS.items()]
    )
    outside_number = _line("该渠道编号", 60)
    outside_on = forms.DateField(
        label="受理日期", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "受理日期请写成 2026-11-24 这样"},
    )  # fmt: skip

    def __init__(
        self, *args: Any, action: str = FILE, held: Sequence[ActingPost], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action = action if action in ACTIONS else FILE
        self.fields["post"].choices = [(str(p.post_id), p.label) for p in held]  # type: ignore[attr-defined]

    def clean_same(self) -> str:
        """The number of the chosen case, `voice:` before it kept; "" for a matter of its own."""
        given: str = self.cleaned_data["same"]
        number = numbers.normalised(given.removeprefix(_VOICE)) if given else None
        return f"{_VOICE if given.startswith(_VOICE) else ''}{number}" if number else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        voice_only = cleaned.get("same", "").startswith(_VOICE)
        if not cleaned.get("text", "").strip() and not voice_only and "text" not in self.errors:
            self.add_error("text", "还没有写来电人说了什么，一句也行")
        self._clean_for_somebody(cleaned)
        self._clean_about(cleaned)
        alerts = danger_words.scan(cleaned.get("text", ""))
        if alerts.wrongdoing and not cleaned.get("wrongdoing"):
            self.add_error("wrongdoing", "原话像是检举控告公职人员，请问清后选一个")
        if self.action in (ANSWER, TELL) and not cleaned.get("reply", "").strip():
            self.add_error("reply", "请写下对来电人说的话，登记后他会原样看到")
        if self.action == TELL and not cleaned.get("tell_channel"):
            self.add_error("tell_channel", "请选该走哪个途径")
        self._clean_lead(cleaned)
        return cleaned

    def _clean_about(self, cleaned: dict[str, Any]) -> None:
        """A unit that serves the place, asked again at another place, or any around it by name."""
        compound = self.resolved.place.compound if self.resolved else None
        serving = {str(u.pk) for u in units_serving(compound, day=self.day)} if compound else set()
        if cleaned.get("about") not in serving:
            cleaned["about"] = ""
        typed = cleaned.get("about_name", "").strip()
        if not typed or self.resolved is None:
            return
        unit = desk_hints.unit_named(typed, self.resolved.place, day=self.day)
        if unit is None:
            self.add_error("about_name", f"没有叫“{typed}”的单位：从列出的里选，没有的写进摘要")
        else:
            cleaned["about"] = str(unit.pk)

    def _clean_for_somebody(self, cleaned: dict[str, Any]) -> None:
        reachable = cleaned.get("for_phone") or cleaned.get("for_visit")
        if cleaned.get("for_somebody") and not reachable and "for_phone" not in self.errors:
            self.add_error("for_phone", "办完要问本人：请记下他的电话，或勾“上门问”")
        if cleaned.get("for_visit") and not (
            cleaned.get("door") or cleaned.get("place_text") or cleaned.get("where")
        ):
            self.add_error("door", "要上门问，请写门牌或具体位置")

    def _clean_lead(self, cleaned: dict[str, Any]) -> None:
        """The unit that was chosen, or whose name was typed."""
        typed = cleaned.get("lead_name", "").strip()
        chosen = cleaned.get("lead", "")
        cleaned["lead_id"] = int(chosen) if chosen.isdigit() else None
        if typed and self.resolved is not None:
            unit = desk_hints.leader_named(typed, self.resolved.place, day=self.day)
            if unit is None:
                self.add_error("lead_name", f"附近没有叫“{typed}”、能主办的单位，请从列出的里选")
            else:
                cleaned["lead_id"] = unit.pk
        if (
            self.action == DISPATCH
            and cleaned["lead_id"] is None
            and "lead_name" not in self.errors
        ):
            self.add_error("lead_name", "要派单，请先选主办单位")

    def _support(self) -> tuple[int, ...]:
        """Units that were ticked to support."""
        ticked = [int(n) for n in self.posted_list("support")[:5] if n.isdigit()]
        return tuple(n for n in dict.fromkeys(ticked) if n != self.cleaned_data["lead_id"])

    def call(self) -> Call:
        """What was typed, for the service. Only after is_valid()."""
        c = self.cleaned_data
        assert self.resolved is not None
        for_somebody = bool(c["for_somebody"])
        return Call(
            client_id=c["client_id"], where=self.resolved, action=self.action,
            text=c["text"].strip(), channel=c["channel"] or "phone", summary=c["summary"].strip(),
            kind=c["kind"], urgency=c["urgency"], place_text=c["place_text"], door=c["door"],
            name=c["name"], phone=c["phone"], choice=c["choice"], for_somebody=for_somebody,
            for_name=c["for_name"] if for_somebody else "",
            for_phone=c["for_phone"] if for_somebody else "",
            for_visit=bool(c["for_visit"]) and for_somebody,
            about_unit_id=int(c["about"]) if c["about"].isdigit() else None,
            wrongdoing=c["wrongdoing"] == "yes", same_as=c["same"].removeprefix(_VOICE),
            voice_only=c["same"].startswith(_VOICE), lead_id=c["lead_id"],
            support_ids=self._support(), category=c["category"],
            reply=c["reply"].strip(), tell_channel=c["tell_channel"],
            outside_number=c["outside_number"], outside_on=c["outside_on"],
        )  # fmt: skip


__all__ = ["ACTIONS", "AREA_CODE", "CHANNELS", "DeskForm"]
