"""A resident's report from the web: one transaction from the form to the number.

The same submission twice is one case (a reply that was lost, a second press of the button); a
changed one under the same client id is refused with the number of the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from huiyin.base.models import Attachment, Submission
from huiyin.base.rules.images import UnreadablePhoto, clean_photo
from huiyin.base.rules.personal_data import normalise_phone
from huiyin.base.services import files
from huiyin.cases.models import Case
from huiyin.cases.services import contacts, filing, performing
from huiyin.cases.services.steps import REPORTER, SYSTEM, ActionRefused
from huiyin.intake import selectors
from huiyin.intake.rules import first_look, receipts, sounds, words
from huiyin.intake.selectors import Place

MAX_PHOTOS = 6


@dataclass(frozen=True)
class Answers:
    """What a resident filled in, cleaned. `wrongdoing`: “yes”, “no” or “” to the question whether it
    accuses an official; `same_category`: the open problem of the place to add a voice to."""

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
    wrongdoing: str = ""
    same_category: str = ""
    photos: tuple[bytes, ...] = field(default=(), repr=False)
    sound: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Receipt:
    """What the end page needs. `code` is for whoever left no phone. `refused`: photos not kept."""

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
    body = receipts.fingerprint(_parts(answers), _key())
    photos, refused = _photos(answers.photos)
    sound = sounds.recognise(answers.sound) if answers.sound else None
    with _files_of_transaction() as kept:
        known = Submission.objects.filter(pk=answers.client_id).first()
        if known is not None:
            return _again(known, body, answers.client_id)
        # Claim the id first: a second press waits here for the first, then gets its answer.
        claim = Submission(client_id=answers.client_id, body_sha256=body, answer={}, at=at)
        try:
            with transaction.atomic():
                claim.save(force_insert=True)
        except IntegrityError:
            known = Submission.objects.get(pk=answers.client_id)
            return _again(known, body, answers.client_id)
        receipt = _file(answers, refused, at)
        subject = f"case:{receipt.case_id}"
        for photo in photos:
            kept.append(files.keep(subject=subject, kind="photo", data=photo, at=at,
                                   media_type="image/jpeg", extension="jpg", from_reporter=True))  # fmt: skip
        if sound is not None:
            kept.append(files.keep(subject=subject, kind="voice", data=answers.sound, at=at,
                                   media_type=sound.media_type, extension=sound.extension,
                                   from_reporter=True))  # fmt: skip
        claim.answer = _as_answer(receipt)
        claim.save(update_fields=["answer"])
        return receipt


def receipt_of(client_id: str) -> Receipt | None:
    """The receipt of an accepted submission, for its end page; None when there is none."""
    known = Submission.objects.filter(pk=client_id).first()
    return None if known is None else _from_answer(known.answer, client_id)


def _file(answers: Answers, refused: tuple[str, ...], at: datetime) -> Receipt:
    look = first_look.look(answers.text)
    withheld = look.wrongdoing and answers.wrongdoing != "no"
    target = (
        selectors.voice_target(answers.place, answers.same_category)
        if answers.same_category and not withheld
        else None
    )
    filed = filing.file_report(_report(answers, look, withheld, target, at), recorded_at=at)
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
    choice = words.choice_of(answers.kind, answers.choice)
    place = answers.place
    who = [filing.Contact(answers.name, _phone(answers.phone), answers.door, choice)]
    if answers.for_somebody:
        who.append(filing.Contact(answers.for_name, _phone(answers.for_phone), choice=choice,
                                  role="for_whom", visit=answers.for_visit))  # fmt: skip
    suggestion: dict[str, Any] = {"alerts": list(look.alerts)} if look.alerts else {}
    if look.elsewhere:
        suggestion["elsewhere"] = look.elsewhere
    if look.wrongdoing:
        suggestion["wrongdoing"] = answers.wrongdoing or "unanswered"
    kind = answers.kind
    if target is not None:
        suggestion["same_as"], kind = Case.objects.values_list("number", "kind").get(pk=target)
    spoken = words.VOICE_TEXT if answers.sound else ""
    same = words.SAME_PROBLEM_TEXT if answers.same_category else ""
    return filing.NewReport(
        text="\n".join(part for part in (answers.text, spoken) if part) or same,
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
    for n, data in enumerate(raw[:MAX_PHOTOS], start=1):
        try:
            kept.append(clean_photo(data).data)
        except UnreadablePhoto as error:
            refused.append(f"第 {n} 张：{error}")
    if len(raw) > MAX_PHOTOS:
        refused.append(f"最多 {MAX_PHOTOS} 张，多出的 {len(raw) - MAX_PHOTOS} 张没有保存")
    return kept, tuple(refused)


def _phone(typed: str) -> str:
    return normalise_phone(typed) if typed else ""


def _parts(answers: Answers) -> list[tuple[str, str]]:
    """Everything that makes the submission this one, as text; files by their own keyed digest."""
    texts = ("text", "kind", "channel", "place_text", "name", "phone", "door", "choice",
             "for_somebody", "for_name", "for_phone", "for_visit", "about_unit_id", "wrongdoing",
             "same_category")  # fmt: skip
    parts = [(name, str(getattr(answers, name))) for name in texts]
    parts.append(("place", answers.place.token))
    for n, data in enumerate((*answers.photos, answers.sound)):
        parts.append((f"file{n}", receipts.fingerprint([("", data.hex())], _key())))
    return parts


def _again(known: Submission, body: str, client_id: str) -> Receipt:
    receipt = _from_answer(known.answer, client_id)
    if known.body_sha256 != body:
        raise ChangedSubmission(receipt)
    return receipt


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
    return settings.HUIYIN_SECRETS.blind_index_key


@contextmanager
def _files_of_transaction() -> Iterator[list[Attachment]]:
    """A transaction whose files go with it when it fails."""
    kept: list[Attachment] = []
    try:
        with transaction.atomic():
            yield kept
    except BaseException:
        files.discard(kept)
        raise
