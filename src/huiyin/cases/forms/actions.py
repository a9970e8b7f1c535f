"""The form of an action, made from what its transition asks: there is one Form class for all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms

from huiyin.base.forms import PlainForm
from huiyin.base.models import Attachment
from huiyin.base.selectors import local_value
from huiyin.cases import selectors
from huiyin.cases.forms.asks import FROM_CASE, Around, FieldMaker
from huiyin.cases.models import Case
from huiyin.cases.rules import numbers
from huiyin.cases.rules import words as w
from huiyin.cases.rules.transitions import Ask, Transition
from huiyin.cases.services import attaching
from huiyin.cases.services.attaching import UnreadableFile, Upload
from huiyin.org.models import Unit
from huiyin.org.rules.grants import ActingPost


class ActionForm(PlainForm):
    """Fields by the asks of `transition`; `given()` is what services.performing takes.

    Hidden beside them: the version of the case that the person looked at, and the files kept from
    an earlier try (`drafts`). Whoever may act in several posts chooses which.
    """

    def __init__(
        self, data: Any = None, files: Any = None, *, transition: Transition, around: Around
    ) -> None:
        self.transition, self.around = transition, around
        self.drafts: list[Attachment] = []
        self._file_error = ""
        self.children = _open_children(transition, around.case)
        maker = FieldMaker(around, data)
        made: dict[str, forms.Field] = {}
        for ask in _asked(transition, around.case):
            if ask.type == "children":
                made |= {f"child_{c.pk}": _child_field(c) for c in self.children}
            else:
                made |= maker.make(ask)
        if len(around.posts) > 1:
            made["post"] = _post_field(around.posts)
        made["seen_version"] = forms.IntegerField(required=False, widget=forms.HiddenInput)
        self.base_fields = made  # type: ignore[misc]  # Django copies them into self.fields
        super().__init__(
            data, files, auto_id=f"{transition.action}_%s",
            initial=_initial(around, transition),
        )  # fmt: skip

    @property
    def file_key(self) -> str:
        """Key of the ask for files, "" when there is none."""
        return next((a.key for a in self.transition.asks if a.type == "files"), "")

    @property
    def post(self) -> ActingPost:
        """The post in which the person acts: the chosen one, else the only or first one."""
        chosen = self.cleaned_data.get("post") if self.is_bound and self.is_valid() else ""
        return next((p for p in self.around.posts if str(p.post_id) == chosen),
                    self.around.posts[0])  # fmt: skip

    def seen_now(self, version: int) -> None:
        """The person now sees this version: the form that comes back may be sent again."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen_version"] = str(version)  # type: ignore[index]

    def keep_files(self, *, at: datetime) -> None:
        """Keep what was uploaded as drafts, also when the rest of the form is wrong.

        Call before is_valid(); what cannot be kept becomes an error of the field.
        """
        if not self.file_key:
            return
        person = self.around.posts[0].person_id
        before = [int(v) for v in self.data.getlist("drafts") if v.isdigit()]  # type: ignore[attr-defined]
        self.drafts = attaching.drafts(before, person_id=person)
        sent = self.files.getlist(self.file_key) if self.files else []
        most = attaching.most_files()
        if len(sent) + len(self.drafts) > most:
            self._file_error = f"最多 {most} 个附件"
            return
        try:
            uploads = [Upload(f.name or "", f.read()) for f in sent]
            self.drafts += attaching.keep_drafts(uploads, person_id=person, at=at)
        except UnreadableFile as error:
            self._file_error = str(error)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for ask in self.transition.asks:
            if ask.type == "case":
                self._clean_case(ask, data)
            if ask.type == "files" and self._file_error:
                self.add_error(ask.key, self._file_error)
            elif ask.type == "files" and ask.required and not self.drafts:
                self.add_error(ask.key, f"请上传“{ask.label}”")
        return data

    def _clean_case(self, ask: Ask, data: dict[str, Any]) -> None:
        typed = data.get(ask.key) or data.get(f"{ask.key}_near") or ""
        if not typed:
            if ask.required and ask.key not in self.errors:
                self.add_error(ask.key, f"请选择或填写“{ask.label}”")
            return
        number = numbers.normalised(typed)
        if number is None:
            self.add_error(ask.key, f"“{typed}”不是有效的编号，请核对末位")
            return
        try:
            data[ask.key] = selectors.get_visible(self.around.posts, number, day=self.around.day).pk
        except Case.DoesNotExist:
            self.add_error(ask.key, f"没有 {number} 这一件，或不在您的岗位范围内")

    def given(self) -> dict[str, Any]:
        """What was typed, by the keys of the asks; what was left empty is not there."""
        given: dict[str, Any] = {}
        for ask in self.transition.asks:
            if ask.type == "children":
                given[ask.key] = {c.pk: "keep" for c in self.children}
            elif ask.type == "files":
                given[ask.key] = [d.pk for d in self.drafts]
            else:
                given[ask.key] = _plain(self.cleaned_data.get(ask.key))
        return {k: v for k, v in given.items() if v not in (None, "", [], {})}


def _plain(value: Any) -> Any:
    """Ids for units; everything else as it is."""
    if isinstance(value, Unit):
        return value.pk
    if hasattr(value, "values_list"):
        return list(value.values_list("pk", flat=True))
    return value


def _initial(around: Around, transition: Transition) -> dict[str, Any]:
    case = around.case
    values: dict[str, Any] = {"seen_version": case.version}
    values |= {key: getattr(case, key) for key in FROM_CASE}
    if len(around.posts) > 1:
        values["post"] = str(around.posts[0].post_id)
    if any(a.key == "about_unit" for a in transition.asks):
        values["about_unit"] = case.about_unit_id
    if any(a.key == "code" for a in transition.asks):
        values["code"] = _likely_code(case)
    if transition.action == "call_back":
        values["channel"] = "phone"
    values |= dict(around.suggested)
    if values.get("into") in {n.case.number for n in around.copies}:
        values["into_near"] = values.pop("into")
    return values


def _likely_code(case: Case) -> str:
    """The sign-off code that fits what is known, "" when a person has to weigh it."""
    if case.resolved and case.satisfied:
        return "satisfied"
    if case.resolved and case.satisfied is None:
        return "refused"
    if case.resolved is not None:
        return ""
    tried = [c.outcome for c in selectors.callbacks_now(case)]
    if "refused" in tried:
        return "refused"
    if case.sampled is False:
        return "unsampled"
    return "unreachable" if tried and len(tried) >= local_value("callback.attempts") else ""


def _asked(transition: Transition, case: Case) -> list[Ask]:
    """What is asked of this case: some things only after a rework."""
    return [ask for ask in transition.asks if case.reworks or not ask.after_rework]


def _open_children(transition: Transition, case: Case) -> list[Case]:
    if not any(a.type == "children" for a in transition.asks):
        return []
    return list(case.children.exclude(status__in=w.ENDED).order_by("id"))


def _child_field(child: Case) -> forms.Field:
    return forms.BooleanField(
        label=f"{child.number} {child.title}（{child.status_label}）：继续单独办理",
        error_messages={"required": "请确认这件下级件继续单独办理，或先将其办结"},
    )


def _post_field(posts: Sequence[ActingPost]) -> forms.Field:
    return forms.ChoiceField(
        label="以哪个岗位办理", widget=forms.RadioSelect,
        choices=[(str(p.post_id), p.label) for p in posts],
    )  # fmt: skip
