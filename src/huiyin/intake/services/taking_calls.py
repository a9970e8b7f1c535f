"""A call or a visitor, taken down by the desk: from what was typed to the number, in one transaction.

The desk may end it at once (answer, tell the legal channel), dispatch it (in a post that may), run
it with an open case, or leave it to the dispatcher with a suggestion. What was chosen goes through
`performing.perform` like any act: the same guards, the same ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.conf import settings

from huiyin.base.rules.masking import mask_text
from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases import selectors as cases
from huiyin.cases.models import Case
from huiyin.cases.services import contacts, filing, performing
from huiyin.cases.services.steps import REPORTER, ActionRefused, in_post
from huiyin.intake.rules import receipts, report_kinds, words
from huiyin.intake.services import desk_hints
from huiyin.intake.services.once import Answered, once
from huiyin.intake.services.placing import Where
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules import urgency

FILE, DISPATCH, ANSWER, TELL = "file", "dispatch", "answer", "tell"
#: What each button needs beside case.file.
NEEDS = {DISPATCH: "case.dispatch", ANSWER: "case.answer", TELL: "case.answer"}
MERGED, VOICE = "merged", "voice"


@dataclass(frozen=True)
class Call:
    """What the desk typed, cleaned. Empty `kind`, `urgency`, `choice`: by the words of the text.

    `wrongdoing`: the caller accuses an official, so that it is withheld from the line. `same_as`:
    number of the open case that this is the same matter as; with `voice_only` the caller wants no
    number of their own. `lead_id`: to whom it is dispatched, or whom the desk suggests.
    """

    client_id: str
    where: Where
    action: str
    text: str
    channel: str = "phone"
    summary: str = ""
    kind: str = ""
    urgency: str = ""
    category: str = ""
    place_text: str = ""
    door: str = ""
    name: str = ""
    phone: str = ""
    choice: str = ""
    for_somebody: bool = False
    for_name: str = ""
    for_phone: str = ""
    for_visit: bool = False
    about_unit_id: int | None = None
    wrongdoing: bool = False
    same_as: str = ""
    voice_only: bool = False
    lead_id: int | None = None
    support_ids: tuple[int, ...] = ()
    reply: str = ""
    tell_channel: str = ""
    outside_number: str = ""
    outside_on: date | None = None


@dataclass(frozen=True)
class Taken:
    """What became of a call. `done` = the button, or MERGED, VOICE; `code` for callers without a
    phone; `number` of the case of this caller, with VOICE of the case that goes on."""

    number: str
    case_id: int
    done: str
    code: str = ""
    withheld: bool = False
    new: bool = True


def take(call: Call, *, post: ActingPost, posts: Sequence[ActingPost], at: datetime) -> Taken:
    """File the call in `post` and do what its button says, in whichever of `posts` may.

    The same call twice is filed once. Raises ActionRefused (nothing is written), once.UsedBefore.
    """

    def act() -> dict[str, Any]:
        return _take(call, post, posts, at)

    return taken(once(client_id=call.client_id, parts=_parts(call), at=at, act=act), call.client_id)


def taken(answered: Answered, client_id: str) -> Taken:
    """The receipt behind a kept answer; the code of a caller without phone is computed anew."""
    a = answered.answer
    code = receipts.secret_code(client_id, a["number"], _key()) if a.get("coded") else ""
    return Taken(a["number"], a["case"], a["done"], code, a["withheld"], answered.new)


def _take(
    call: Call, post: ActingPost, posts: Sequence[ActingPost], at: datetime
) -> dict[str, Any]:
    if call.wrongdoing and call.action != FILE:
        raise ActionRefused("检举控告不派单也不当场办理：请选“登记”，并告诉来电人 12388、12380")
    target = _target(call, posts, at)
    if target is not None and call.action != FILE:
        raise ActionRefused("已选并入另一件；要单独派单、答复或告知，请改选“都不是，另立一件”")
    if target is not None and call.voice_only:
        _add_voice(call, target, post, at)
        return _answer(target.number, target.pk, VOICE)
    filed = filing.file_report(_report(call, post, target, at), recorded_at=at)
    coded = not call.phone
    if coded:
        code = receipts.secret_code(call.client_id, filed.number, _key())
        contacts.set_follow_code(case_id=filed.case_id, number=filed.number, code=code)
    done = call.action
    if target is not None and post.may("case.merge"):
        _merge(filed.case_id, target, post, at)
        done = MERGED
    else:
        _go_on(call, filed.case_id, posts, at)
    return _answer(filed.number, filed.case_id, done, coded=coded, withheld=call.wrongdoing)


def _target(call: Call, posts: Sequence[ActingPost], at: datetime) -> Case | None:
    if not call.same_as or call.wrongdoing:
        return None
    try:
        return cases.get_visible(posts, call.same_as, day=local_date(at))
    except Case.DoesNotExist:
        raise ActionRefused("要并入的那件现在看不到了，请改选另一件或“都不是”") from None


def _go_on(call: Call, case_id: int, posts: Sequence[ActingPost], at: datetime) -> None:
    """Dispatch, answer or tell the channel, in the first post that may."""
    if call.action == FILE:
        return
    able = [p for p in posts if p.may(NEEDS[call.action])]
    if not able:
        raise ActionRefused("您的岗位不能这样做，请选“登记”")
    given: dict[str, Any]
    if call.action == DISPATCH:
        action = "dispatch"
        given = {"lead": call.lead_id, "support": list(call.support_ids)}
    elif call.action == ANSWER:
        action, given = "answer", {"reply": call.reply}
    else:
        action = "tell_channel"
        given = {"channel": call.tell_channel, "outside_number": call.outside_number,
                 "outside_on": call.outside_on, "reply": call.reply}  # fmt: skip
    performing.perform(case=case_id, action=action, by=in_post(able[0]), at=at, given=given)


def _merge(case_id: int, target: Case, post: ActingPost, at: datetime) -> None:
    """The caller keeps a number and a callback; the open case hears one voice more."""
    performing.perform(case=target.pk, action="add_voice", by=REPORTER, at=at)
    performing.perform(case=case_id, action="merge", by=in_post(post), at=at,
                       given={"into": target.pk})  # fmt: skip


def _add_voice(call: Call, target: Case, post: ActingPost, at: datetime) -> None:
    """One voice more on the open case; what the caller said is noted there for staff."""
    performing.perform(case=target.pk, action="add_voice", by=REPORTER, at=at)
    said = mask_text(call.summary or call.text)
    if said and post.may("case.note"):
        performing.perform(case=target.pk, action="note", by=in_post(post), at=at,
                           given={"note": f"又有来电人反映：{said}"})  # fmt: skip


def _report(call: Call, post: ActingPost, target: Case | None, at: datetime) -> filing.NewReport:
    place = call.where.place
    guess = report_kinds.guess(text=call.text)
    kind = call.kind or guess.kind
    choice = (
        words.choice_of(kind, call.choice) if call.kind or guess.sure
        else words.choice_when_unsure(call.choice)
    )  # fmt: skip
    if call.wrongdoing:
        choice = "confidential"
    who = [filing.Contact(call.name, call.phone, call.door, choice)]
    if call.for_somebody:
        who.append(filing.Contact(call.for_name, call.for_phone, choice=choice, role="for_whom",
                                  visit=call.for_visit))  # fmt: skip
    return filing.NewReport(
        text=call.text, at=at, channel=call.channel, area_id=place.area.pk, kind=kind,
        title=call.summary.split("\n", 1)[0],
        urgency=call.urgency or urgency.urgency_of(call.text).level, category=call.category,
        compound_id=place.compound.pk if place.compound else None,
        building_id=place.building.pk if place.building else None,
        place_text=" ".join(part for part in (call.where.typed, call.place_text) if part),
        contacts=tuple(who), confidential=choice == "confidential", withheld=call.wrongdoing,
        about_unit_id=call.about_unit_id, entered_by=post,
        found_by=post if _found_it(call, post) else None,
        admitted=post.may("case.admit") and not call.wrongdoing, summary=call.summary,
        suggestion=_suggestion(call, target, at),
    )  # fmt: skip


def _found_it(call: Call, post: ActingPost) -> bool:
    """Whether who files it found it: somebody who works on site, with no caller to name. Finder
    and handler are two people from then on."""
    somebodys = call.name or call.phone or call.for_somebody
    return post.may("case.on_spot") and not somebodys and not call.wrongdoing


def _suggestion(call: Call, target: Case | None, at: datetime) -> dict[str, Any]:
    """What the dispatcher should see beside it: triage's hints as they stood, what the desk chose.

    Of what is withheld from the line nothing is worked out.
    """
    if call.wrongdoing:
        return {}
    hint = desk_hints.suggested(
        call.text, call.where.place, day=local_date(at), about_unit_id=call.about_unit_id
    )
    found: dict[str, Any] = filing.suggestion_json(hint.as_data())
    if call.lead_id and call.action != DISPATCH:
        found["desk"] = {"lead": call.lead_id, "support": list(call.support_ids)}
    if target is not None:
        found["same_as"] = target.number
    return found


def _answer(
    number: str, case_id: int, done: str, *, coded: bool = False, withheld: bool = False
) -> dict[str, Any]:
    return {"number": number, "case": case_id, "done": done, "coded": coded, "withheld": withheld}


def _parts(call: Call) -> list[tuple[str, str]]:
    """Everything that makes the call this one."""
    where = ("where", f"{call.where.place.token} {call.where.typed}")
    names = [f.name for f in fields(call) if f.name not in ("client_id", "where")]
    return [where, *((name, str(getattr(call, name))) for name in names)]


def _key() -> bytes:
    return settings.HUIYIN_SECRETS.blind_index_key
