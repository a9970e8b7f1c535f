"""What a resident gave is cleared when its time is over (个人信息保护法第十九条); one `erase` walks all.

What goes: names, phones, doors, the unmasked text, their indexes and salts; every text of the case
and the salts of its commitments; title and place; search words and near-copy bands; photos and
recordings; the words of statements. What stays: number, kind, category, compound, times, status,
and the chain, whose commitments say nothing any more. It is an event of the ledger itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction

from huiyin.base.models import Attachment
from huiyin.base.selectors import local_value
from huiyin.base.services import files
from huiyin.cases import ledger
from huiyin.cases.models import Case
from huiyin.cases.rules import words as w
from huiyin.cases.rules.events import NewEvent

#: The default whose value is the time: base.rules.local_defaults.
YEARS = "retention.report_years"
BATCH = 500
#: What stands where the title stood.
CLEARED_TITLE = "（保存期满，内容已清除）"


def erase_expired(*, at: datetime, limit: int = BATCH) -> int:
    """Clear cases that ended long enough ago; number of cases. The nightly job goes on with the rest.

    A case whose recheck was 30 days after its end has long been rechecked by then.
    """
    before = at - timedelta(days=365 * int(local_value(YEARS)))
    due = Case.objects.filter(status__in=w.ENDED, closed_at__lt=before).exclude(title=CLEARED_TITLE)
    ids = list(due.order_by("closed_at", "pk").values_list("pk", flat=True)[:limit])
    return sum(erase(pk, at=at, reason="保存期满") for pk in ids)


def erase(case_id: int, *, at: datetime, reason: str) -> bool:
    """Clear one case in every place where its words or its reporter stand. False when that was done.

    Files go after the rows: a row without its file says when it went.
    """
    with transaction.atomic():
        ledger.hold_for_seal()
        case = Case.objects.select_for_update().get(pk=case_id)
        if case.title == CLEARED_TITLE:
            return False
        case.contacts.update(
            name="", phone="", door="", unmasked="", phone_index="", phone_tail="", salt="",
            erased_at=at,
        )  # fmt: skip
        case.words.update(text=None, salt=None, erased_at=at)
        case.statement_requests.update(question="", answer="")
        case.title, case.place_text = CLEARED_TITLE, ""
        case.save(update_fields=["title", "place_text"])
        _forget_search(case)
        ledger.append(
            case,
            NewEvent(action="content_erased", at=at, recorded_at=at, actor="system",
                     data={"why": reason}),
        )  # fmt: skip
        kept = Attachment.objects.filter(subject=f"case:{case.pk}", erased_at__isnull=True)
        for attachment in kept:
            files.erase(attachment, at=at)
    return True


def _forget_search(case: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_search SET words = ''::tsvector, bands = '{}' WHERE case_id = %s",
            [case.pk],
        )
