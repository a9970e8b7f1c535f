"""A resident's report from the web: one transaction from the form to the number.

The same submission twice is one case (a reply that was lost, a second press of the button); a
changed one under the same client id is refused with the number of the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings

from huiyin.base.models import Attachment, Submission
from huiyin.base.rules.images import UnreadablePhoto, clean_photo
from huiyin.base.rules.personal_data import normalise_phone
from huiyin.base.rules.workday_calendar import local_date
from huiyin.base.selectors import local_number
from huiyin.base.services import files
from huiyin.base.services.defaults import declare_local_defaults
from huiyin.cases.models import Case
from huiyin.cases.selectors import confirmed
from huiyin.cases.services import contacts, filing, performing
from huiyin.cases.services.steps import REPORTER, SYSTEM, ActionRefused
from huiyin.intake import selectors
from huiyin.intake.rules import first_look, local_limits, receipts, sounds, words
from huiyin.intake.selectors import Place
from huiyin.intake.services import mapping
from huiyin.intake.services.once import UsedBefore, once
from huiyin.org.rules.points import Point, PointElsewhere
from huiyin.triage.services import suggesting

declare_local_defaults(*local_limits.ALL)


def most_photos() -> int:
    """Photos of one report that are kept: 本地参数."""
    return local_number(local_limits.MOST_PHOTOS)


def longest_voice() -> int:
    """Seconds that one may speak: 本地参数."""
    return local_number(local_limits.VOICE_SECONDS)


@dataclass(frozen=True)
class Answers:
    """What a resident filled in, cleaned. `wrongdoing`: “yes”, “no” or “” to the question whether it
    accuses an official; `same_category`: the open problem of the place to add a voice to;
    `latitude`, `longitude`: as the map sent them, WGS-84."""

    client_id: str
    place: Place
    text: str = ""
    kind: str = "help"
    channel: str = "web"
    place_text: str = ""
    name: str = ""
    phone: str = ""
    door: str = ""
    choice: str = ""
    for_somebody: bool = False
    for_name: str = ""
    for_phone: str = ""
    for_visit: bool = False
    about_unit_id: int | None = None
    about_name: str = ""
    wrongdoing: str = ""
    same_category: str = ""
    latitude: str = ""
    longitude: str = ""
    photos: tuple[bytes, ...] = field(default=(), repr=False)
    sound: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Receipt:
    """What the end page needs. `code` is for whoever left no phone. `refused`: what was not
    kept of photos and the map."""

    number: str
    case_id: int
    new: bool
    code: str = ""
    withheld: bool = False
    calls: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    elsewhere: str = ""
    voice: bool = False
    refused: tuple[str, ...] = ()


class ChangedSubmission(Exception):
    """This client id was used for another report. `receipt` is the one of the first."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__("这一份已经收到过，内容和上次不同")
        self.receipt = receipt


def receive(answers: Answers, *, at: datetime) -> Receipt:
    """File the report and what belongs to it; all of it or nothing.

    Raises ChangedSubmission, or sounds.UnreadableSound before anything is written. A photo that
    cannot be read never costs the report: it is left out and named in `refused`.
    """
    photos, refused = _photos(answers.photos)
    point, bad_point = _point(answers, at)
    refused = (*refused, *bad_point)
    sound = sounds.recognise(answers.sound, longest=longest_voice()) if answers.sound else None
    kept: list[Attachment] = []

    def act() -> dict[str, Any]:
        receipt = _file(answers, photos, point, refused, at)
        subject = f"case:{receipt.case_id}"
        for photo in photos:
            kept.append(files.keep(subject=subject, kind="photo", data=photo, at=at,
                                   media_type="image/jpeg", extension="jpg", from_reporter=True))  # fmt: skip
        if sound is not None:
            kept.append(files.keep(subject=subject, kind="voice", data=answers.sound, at=at,
                                   media_type=sound.media_type, extension=sound.extension,
                                   from_reporter=True))  # fmt: skip
        return _as_answer(receipt)

    try:
        answered = once(client_id=answers.client_id, parts=_parts(answers), at=at, act=act)
    except UsedBefore as used:
        raise ChangedSubmission(_from_answer(used.answer, answers.client_id)) from None
    except BaseException:
        files.discard(kept)  # their rows were rolled back
        raise
    return replace(_from_answer(answered.answer, answers.client_id), new=answered.new)


def receipt_of(client_id: str) -> Receipt | None:
    """The receipt of an accepted submission, for its end page; None when there is none."""
    known = Submission.objects.filter(pk=client_id).first()
    return None if known is None else _from_answer(known.answer, client_id)


def _file(
    answers: Answers,
    photos: Sequence[bytes],
    point: Point | None,
    refused: tuple[str, ...],
    at: datetime,
) -> Receipt:
    look = first_look.look(answers.text)
    withheld = look.wrongdoing and answers.wrongdoing != "no"
    target = (
        selectors.voice_target(answers.place, answers.same_category)
        if answers.same_category and not withheld
        else None
    )
    report = replace(
        _report(answers, look, withheld, target, at),
        latitude=point.latitude if point else None, longitude=point.longitude if point else None,
    )  # fmt: skip
    sent = [*photos, *([answers.sound] if answers.sound else [])]
    if sent:
        # In the hashed body of the first event: a photo that is exchanged later is found.
        report.suggestion["files"] = [hashlib.sha256(data).hexdigest() for data in sent]
    filed = filing.file_report(report, recorded_at=at)
    code = ""
    if not answers.phone:
        code = receipts.secret_code(answers.client_id, filed.number, _key())
        contacts.set_follow_code(case_id=filed.case_id, number=filed.number, code=code)
    if target is not None:
        _add_voice(filed.case_id, target, bool(answers.text), at)
    return Receipt(
        number=filed.number, case_id=filed.case_id, new=True, code=code, withheld=withheld,
        calls=look.calls, advice=look.advice, elsewhere=look.elsewhere, voice=target is not None,
        refused=refused,
    )  # fmt: skip


def _report(
    answers: Answers,
    look: first_look.FirstLook,
    withheld: bool,
    target: int | None,
    at: datetime,
) -> filing.NewReport:
    choice = "confidential" if withheld else words.choice_of(answers.kind, answers.choice)
    place = answers.place
    who = [filing.Contact(answers.name, _phone(answers.phone), answers.door, choice)]
    if answers.for_somebody:
        who.append(filing.Contact(answers.for_name, _phone(answers.for_phone), choice=choice,
                                  role="for_whom", visit=answers.for_visit))  # fmt: skip
    suggestion = {} if withheld else _hints(answers, at)
    if look.alerts:
        suggestion["alerts"] = list(look.alerts)
    if look.elsewhere:
        suggestion["elsewhere"] = look.elsewhere
    if look.wrongdoing:
        suggestion["wrongdoing"] = answers.wrongdoing or "unanswered"
    kind = answers.kind
    if target is not None:
        suggestion["same_as"], kind = Case.objects.values_list("number", "kind").get(pk=target)
    spoken = words.VOICE_TEXT if answers.sound else ""
    same = words.SAME_PROBLEM_TEXT if answers.same_category else ""
    about = words.ABOUT_TEXT.format(name=answers.about_name) if answers.about_name else ""
    return filing.NewReport(
        text="\n".join(part for part in (answers.text, spoken, about) if part) or same,
        at=at, channel="voice" if answers.sound and not answers.text else answers.channel,
        area_id=place.area.pk, kind=kind,
        urgency=look.urgency,
        category=answers.same_category if target is not None else "",
        compound_id=place.compound.pk if place.compound else None,
        building_id=place.building.pk if place.building else None,
        place_text=answers.place_text, contacts=tuple(who),
        confidential=choice == "confidential", withheld=withheld,
        about_unit_id=answers.about_unit_id, suggestion=suggestion,
    )  # fmt: skip


def _hints(answers: Answers, at: datetime) -> dict[str, Any]:
    """What triage makes of the text, stored with the event; whoever receives it decides."""
    if not answers.text:
        return {}
    place = answers.place
    found = suggesting.suggest(
        text=answers.text, place_area_id=place.area.pk,
        compound_id=place.compound.pk if place.compound else None,
        about_unit_id=answers.about_unit_id, day=local_date(at),
        learned=confirmed.learned_dispatches(),
    )  # fmt: skip
    return filing.suggestion_json(found.as_data())


def _add_voice(case_id: int, target: int, has_words: bool, at: datetime) -> None:
    """One more voice on the open case. Without words of its own the new report runs with it at
    once, because its reporter said so; with words a person reads them first and merges."""
    try:
        performing.perform(case=target, action="add_voice", by=REPORTER, at=at)
        if not has_words:
            performing.perform(case=case_id, action="merge", by=SYSTEM, at=at,
                               given={"into": target})  # fmt: skip
    except ActionRefused:
        # It ended in this very moment: the new report stands on its own and the desk looks at it.
        return


def _photos(raw: Sequence[bytes]) -> tuple[list[bytes], tuple[str, ...]]:
    kept, refused = [], []
    most = most_photos()
    for n, data in enumerate(raw[:most], start=1):
        try:
            kept.append(clean_photo(data).data)
        except UnreadablePhoto as error:
            refused.append(f"第 {n} 张：{error}")
    if len(raw) > most:
        refused.append(f"最多 {most} 张，多出的 {len(raw) - most} 张没有保存")
    return kept, tuple(refused)


def _point(answers: Answers, at: datetime) -> tuple[Point | None, tuple[str, ...]]:
    """The point on the map; one that is none, or elsewhere, is left out and said."""
    try:
        return mapping.point_of(answers.latitude, answers.longitude, day=local_date(at)), ()
    except PointElsewhere as error:
        return None, (str(error),)


def _phone(typed: str) -> str:
    return normalise_phone(typed) if typed else ""


def _parts(answers: Answers) -> list[tuple[str, str]]:
    """Everything that makes the submission this one, as text; files by their own keyed digest."""
    texts = ("text", "kind", "channel", "place_text", "name", "phone", "door", "choice",
             "for_somebody", "for_name", "for_phone", "for_visit", "about_unit_id", "about_name", "wrongdoing",
             "same_category", "latitude", "longitude")  # fmt: skip
    parts = [(name, str(getattr(answers, name))) for name in texts]
    parts.append(("place", answers.place.token))
    for n, data in enumerate((*answers.photos, answers.sound)):
        parts.append((f"file{n}", receipts.fingerprint([("", data.hex())], _key())))
    return parts


def _as_answer(receipt: Receipt) -> dict[str, Any]:
    return {
        "number": receipt.number, "case": receipt.case_id, "coded": bool(receipt.code),
        "withheld": receipt.withheld, "calls": list(receipt.calls), "advice": list(receipt.advice),
        "elsewhere": receipt.elsewhere, "voice": receipt.voice, "refused": list(receipt.refused),
    }  # fmt: skip


def _from_answer(answer: dict[str, Any], client_id: str) -> Receipt:
    code = receipts.secret_code(client_id, answer["number"], _key()) if answer["coded"] else ""
    return Receipt(
        number=answer["number"], case_id=answer["case"], new=False, code=code,
        withheld=answer["withheld"], calls=tuple(answer["calls"]),
        advice=tuple(answer["advice"]), elsewhere=answer["elsewhere"],
        voice=answer["voice"], refused=tuple(answer["refused"]),
    )  # fmt: skip


def _key() -> bytes:
    key: bytes = settings.HUIYIN_SECRETS.blind_index_key
    return key
