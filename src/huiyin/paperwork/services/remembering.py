"""Remembering a form: the blank, what each cell was settled to be, every filling. Next month is one click."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from huiyin.base.services import audit, files
from huiyin.documents.rules import form_files
from huiyin.indicators.rules.periods import Period
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import FormFill, FormTemplate, TemplateCell
from huiyin.paperwork.rules import catalogue, links
from huiyin.paperwork.rules.links import ASIDE, KNOWN, Link
from huiyin.paperwork.selectors import catalogue as register_of_forms
from huiyin.paperwork.services import filling
from huiyin.paperwork.services.filling import Cell, Filled, Proposal

#: What the register of forms says of a form.
_DETAILS = ("issuer", "number", "frequency", "due_day", "expires_on")


@dataclass(frozen=True)
class Upload:
    """A form as it came in."""

    content: bytes
    name: str
    place: Area
    period: Period
    by: ActingPost
    at: datetime
    details: Mapping[str, Any]


def settled_of(template: FormTemplate) -> dict[tuple[str, int, int], tuple[Link | None, str]]:
    """What people decided for a form's blanks. One query."""
    return {
        (c.sheet, c.row, c.column): (
            links.from_json(c.link) if c.link else None,
            c.settled_by_name,
        )
        for c in template.cells.all()
    }


def blank_of(template: FormTemplate) -> bytes:
    """The blank as it came."""
    return files.location(template.blank).read_bytes()


def propose(template: FormTemplate, *, place: Area, period: Period, day: date) -> Proposal:
    """The remembered form for a place and a period."""
    return filling.propose(
        blank_of(template), template.file_name, place=place, period=period, day=day,
        settled=settled_of(template),
    )  # fmt: skip


def take_in(upload: Upload, posts: Sequence[ActingPost]) -> tuple[FormTemplate, bool]:
    """(the form in the register, whether it was there already). A changed form takes over what was
    settled for the blanks that it still has, and keeps what changed. Raises UnreadableForm."""
    form = form_files.open_form(upload.content, upload.name)
    mark = catalogue.fingerprint(form)
    day = upload.at.date()
    there = register_of_forms.of_fingerprint(posts, mark, upload.place)
    if there is not None:
        said = {name: value for name, value in upload.details.items() if value not in ("", None)}
        if said.get("number") or said.get("issuer"):
            now = {name: getattr(there, name) for name in _DETAILS}
            describe(there, **(now | said))
        return there, True
    proposal = filling.propose_form(form, place=upload.place, period=upload.period, day=day)
    spots = [c.spot for c in proposal.cells]
    title = catalogue.title_of(form, upload.name)
    earlier = register_of_forms.nearest(posts, spots, title)
    kept = None
    try:
        with transaction.atomic():
            kept = files.keep(
                subject="form:new", kind="blank_form", data=upload.content,
                media_type="application/octet-stream", extension=_extension(upload.name), at=upload.at,
                caption=upload.name, added_by_id=upload.by.person_id,
            )  # fmt: skip
            template = _row(upload, form, mark, title, kept)
            if earlier is not None:
                _take_over(template, earlier, spots, upload)
            _recount(template, filling.propose_form(
                form, place=upload.place, period=upload.period, day=day, settled=settled_of(template)
            ))  # fmt: skip
            kept.subject = f"form:{template.pk}"
            kept.save(update_fields=["subject"])
    except BaseException:
        if kept is not None:
            files.discard([kept])
        raise
    return template, False


def _extension(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if ending in ("xlsx", "xls", "et", "docx") else "bin"


def _row(upload: Upload, form: form_files.Form, mark: str, title: str, kept: Any) -> FormTemplate:
    return FormTemplate.objects.create(
        title=title, kind=form.kind, file_name=upload.name[-120:], blank=kept, fingerprint=mark,
        area=upload.place, unit_id=upload.by.unit_id, role=upload.by.role, added_at=upload.at,
        added_by_id=upload.by.post_id, lost=list(form.lost), **dict(upload.details),
    )  # fmt: skip


def _take_over(template: FormTemplate, earlier: FormTemplate, spots: Sequence[catalogue.Spot], upload: Upload) -> None:  # fmt: skip
    """What was settled stays for blanks of the same words; what changed is kept to be shown."""
    old = [catalogue.spot(s) for s in earlier.structure]
    template.changes = [asdict(change) for change in catalogue.changes(old, spots)][:400]
    template.replaces = earlier
    for name in _DETAILS:
        if name not in upload.details or upload.details[name] in ("", None):
            setattr(template, name, getattr(earlier, name))
    template.save()
    by_words = {(catalogue.timeless(c.heading), catalogue.timeless(c.label)): c for c in earlier.cells.all()}  # fmt: skip
    for s in spots:
        cell = by_words.get((catalogue.timeless(s.heading), catalogue.timeless(s.label)))
        if cell is not None:
            cell.pk = None
            cell.template, cell.sheet, cell.row, cell.column = template, s.sheet, s.row, s.column
            cell.save(force_insert=True)
    earlier.retired_at = upload.at
    earlier.save(update_fields=["retired_at"])


def _recount(template: FormTemplate, proposal: Proposal) -> None:
    template.structure = [c.spot.as_json() for c in proposal.cells]
    template.known = len(proposal.of_status(KNOWN))
    template.by_hand = len([c for c in proposal.cells if c.reading.status not in (KNOWN, ASIDE)])
    template.save(update_fields=["structure", "known", "by_hand"])


def settle(
    template: FormTemplate,
    cells: Sequence[tuple[Cell, Link | None]],
    *,
    by: ActingPost,
    at: datetime,
) -> None:
    """A person says what blanks are (None = stays empty); it holds for every later filling."""
    with transaction.atomic():
        FormTemplate.objects.select_for_update().get(pk=template.pk)
        for cell, link in cells:
            f = cell.field
            TemplateCell.objects.update_or_create(
                template=template, sheet=f.sheet, row=f.row, column=f.column,
                defaults={
                    "heading": f.heading[:300], "label": f.label[:300],
                    "link": link.as_json() if link else {}, "settled_at": at,
                    "settled_by_id": by.post_id, "settled_by_name": by.person_name,
                },
            )  # fmt: skip


def describe(template: FormTemplate, **details: Any) -> None:
    """What the register of forms says of it: issuer, number, frequency, due_day, expires_on."""
    for name in _DETAILS:
        setattr(template, name, details[name])
    template.save(update_fields=list(_DETAILS))


def recount(template: FormTemplate, proposal: Proposal) -> None:
    """Keep how much of the form is known now."""
    _recount(template, proposal)


def fill(
    template: FormTemplate, proposal: Proposal, *, posts: Sequence[ActingPost], by: ActingPost, at: datetime
) -> Filled:  # fmt: skip
    """The filled file; who filled what is kept, and in the audit."""
    done = filling.fill(proposal, posts=posts, at=at)
    FormFill.objects.create(
        template=template, area=proposal.place, period=proposal.period.code, at=at,
        person_id=by.person_id, post_id=by.post_id, asked=len(proposal.asked), filled=done.filled,
        unsure=len(proposal.of_status(links.UNSURE)), sha256=hashlib.sha256(done.content).hexdigest(),
    )  # fmt: skip
    audit.record(
        at=at, person_id=by.person_id, person_name=by.person_name, post_id=by.post_id, address="",
        action="exported", subject=f"form:{template.pk}",
        reason=f"填报表 {template.title[:40]}；{proposal.place.name} {proposal.period.label} {done.filled} 格",
    )  # fmt: skip
    return done
