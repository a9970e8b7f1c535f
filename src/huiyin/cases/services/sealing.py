"""Seals over the ledger, and verification of all of it.

A seal = (from_id, to_id], leaves in id order, root, the previous seal's root, an HMAC under the
sealing key. Until the next seal (≤ 10 minutes) a superuser can drop the newest events unseen;
docs/security.md says so. Verification reads stored bytes and never re-serialises.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Max

from huiyin.base.rules.canonical import event_hash, merkle_root
from huiyin.base.rules.encryption import matches_commitment
from huiyin.cases import ledger
from huiyin.cases.models import Case, CaseEvent, Seal
from huiyin.cases.rules import events, numbers

CHUNK = 5_000


@dataclass(frozen=True)
class Finding:
    """Something that does not fit: the case number, the event's place in it, and what is wrong."""

    number: str
    seq: int | None
    what: str

    def line(self) -> str:
        place = f" 第 {self.seq} 个事件" if self.seq is not None else ""
        return f"{self.number}{place}：{self.what}"


@dataclass(frozen=True)
class Verification:
    """Answer of `verify`: events read, findings (the first hundred), what is not sealed yet."""

    events: int
    cases: int
    seals: int
    unsealed: int
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        return not self.findings


def seal(*, at: datetime) -> Seal | None:
    """Seal all events that are not sealed yet; None when there are none.

    The lock waits for writers under way, so every id up to the maximum is settled. Numbers that
    were drawn and not used (a rolled-back filing) are listed: any other gap is a removed case.
    """
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ledger.SEAL_LOCK])
        last = Seal.objects.using("owner").order_by("-to_id").first()
        from_id = last.to_id if last else 0
        fresh = CaseEvent.objects.using("owner").filter(id__gt=from_id)
        to_id = fresh.aggregate(m=Max("id"))["m"]
        if to_id is None:
            return None
        leaves = (
            body.encode()
            for body in fresh.filter(id__lte=to_id).order_by("id")
            .values_list("body", flat=True).iterator(chunk_size=CHUNK)
        )  # fmt: skip
        count = fresh.filter(id__lte=to_id).count()
        root = merkle_root(leaves)
        numbers_from = last.numbers_to if last else 0
        numbers_to = _numbers_drawn()
        prev_root = last.root if last else events.GENESIS
        return Seal.objects.using("owner").create(
            from_id=from_id, to_id=to_id, leaves=count, root=root, prev_root=prev_root,
            numbers_to=numbers_to, gaps=_gaps(numbers_from, numbers_to), at=at,
            mac=_mac(from_id, to_id, count, root, prev_root),
        )  # fmt: skip


def verify(*, progress: Callable[[int], None] | None = None) -> Verification:
    """Read the whole ledger: chains, bodies against columns, projections, commitments, seals, gaps."""
    findings: list[Finding] = []
    total = 0
    for case, rows in _by_case():
        total += len(rows)
        findings += verify_case(case, rows)
        if progress and total % 20_000 < len(rows):
            progress(total)
        if len(findings) >= 100:
            break
    findings += _verify_seals()
    sealed_to = Seal.objects.aggregate(m=Max("to_id"))["m"] or 0
    return Verification(
        events=total,
        cases=Case.objects.count(),
        seals=Seal.objects.count(),
        unsealed=CaseEvent.objects.filter(id__gt=sealed_to).count(),
        findings=tuple(findings[:100]),
    )


def verify_case(case: Case, rows: list[CaseEvent]) -> list[Finding]:
    """Chain of one case, each body against its columns, and the fold of all against the row."""
    found: list[Finding] = []
    head, bodies = events.GENESIS, []
    for seq, row in enumerate(rows, start=1):
        if row.seq != seq:
            found.append(Finding(case.number, row.seq, f"缺少第 {seq} 个事件"))
            return found
        if row.prev_hash != head or event_hash(head, row.body.encode()) != row.hash:
            found.append(Finding(case.number, seq, "内容与摘要不符，已被改动"))
            return found
        body = json.loads(row.body)
        wrong = _column_error(case, row, body)
        if wrong:
            found.append(Finding(case.number, seq, wrong))
        bodies.append(body)
        head = row.hash
    if case.head != head or case.version != len(rows):
        found.append(Finding(case.number, None, "工单的链头与最后一个事件不符"))
    if events.replay(bodies) != events.projected(case):
        found.append(Finding(case.number, None, "工单的内容与事件重演的结果不符"))
    return found + _commitment_errors(case, bodies)


def _column_error(case: Case, row: CaseEvent, body: dict[str, Any]) -> str | None:
    columns = {
        "case": case.pk, "number": case.number, "seq": row.seq, "action": row.action,
        "at": events.plain(row.at), "recorded_at": events.plain(row.recorded_at),
        "person": row.person_id, "post": row.post_id, "round": row.round,
    }  # fmt: skip
    wrong = [name for name, value in columns.items() if body[name] != value]
    return f"列 {'、'.join(wrong)} 与正文不符" if wrong else None


def _commitment_errors(case: Case, bodies: list[dict[str, Any]]) -> list[Finding]:
    promised = {(b["seq"], k): c for b in bodies for k, c in b["words"].items()}
    found = []
    for words in case.words.all():
        commitment = promised.pop((words.seq, words.key), None)
        if words.erased_at is not None:
            continue
        if (
            commitment is None
            or words.text is None
            or words.salt is None
            or not matches_commitment(words.text, bytes(words.salt), commitment)
        ):
            found.append(Finding(case.number, words.seq, "原话与登记时的承诺不符，已被改动"))
    found += [Finding(case.number, seq, "缺少登记过的原话") for seq, _ in promised]
    for column in events.COMMITTED:
        last = max(
            (x for x in case.words.all() if x.key == column), key=lambda x: x.seq, default=None
        )
        if last and last.erased_at is None and last.text != getattr(case, column):
            found.append(Finding(case.number, None, f"工单的{COLUMN_WORDS[column]}与登记时不符"))
    return found


COLUMN_WORDS = {"title": "标题", "place_text": "地点"}


def _by_case() -> Iterator[tuple[Case, list[CaseEvent]]]:
    """Cases in id order with their events, a chunk of cases at a time."""
    last = 0
    while True:
        cases = list(
            Case.objects.filter(pk__gt=last).order_by("pk").prefetch_related("words")[:500]
        )
        if not cases:
            return
        last = cases[-1].pk
        rows: dict[int, list[CaseEvent]] = {c.pk: [] for c in cases}
        for row in CaseEvent.objects.filter(case__in=cases).order_by("case", "seq"):
            rows[row.case_id].append(row)
        for case in cases:
            yield case, rows[case.pk]


def _verify_seals() -> list[Finding]:
    found, prev_root, from_id = [], events.GENESIS, 0
    gaps: set[int] = set()
    numbers_to = 0
    for s in Seal.objects.order_by("to_id").iterator():
        name = f"封存 {s.pk}"
        bodies = CaseEvent.objects.filter(id__gt=s.from_id, id__lte=s.to_id).order_by("id")
        leaves = (
            b.encode() for b in bodies.values_list("body", flat=True).iterator(chunk_size=CHUNK)
        )
        if s.from_id != from_id or s.prev_root != prev_root:
            found.append(Finding(name, None, "与前一次封存不相接"))
        elif s.mac != _mac(s.from_id, s.to_id, s.leaves, s.root, s.prev_root):
            found.append(Finding(name, None, "签章不符"))
        elif merkle_root(leaves) != s.root:
            found.append(Finding(name, None, "封存范围内的事件有增删或改动"))
        prev_root, from_id = s.root, s.to_id
        gaps |= set(s.gaps)
        numbers_to = s.numbers_to
    missing = set(_gaps(0, numbers_to)) - gaps
    found += [
        Finding(f"编号序列 {n}", None, "这个编号用过，但工单不见了") for n in sorted(missing)[:20]
    ]
    return found


def _numbers_drawn() -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM cases_number")
        return int(cursor.fetchone()[0])


def _gaps(after: int, up_to: int) -> list[int]:
    """Drawn numbers in (after, up_to] that no case carries."""
    if up_to <= after:
        return []
    used = {
        numbers.sequence_of(n)
        for n in Case.objects.using("owner").values_list("number", flat=True).iterator()
    } if after == 0 else {
        numbers.sequence_of(n)
        for n in Case.objects.using("owner")
        .filter(pk__gt=_first_case_after(after)).values_list("number", flat=True)
    }  # fmt: skip
    return [n for n in range(after + 1, up_to + 1) if n not in used]


def _first_case_after(n: int) -> int:
    """A case id below every case whose number comes after the n-th (ids and numbers grow together,
    but for transactions that overlap: we step well back)."""
    newest = Case.objects.using("owner").aggregate(m=Max("pk"))["m"] or 0
    drawn = _numbers_drawn()
    return max(0, newest - (drawn - n) - 10_000)


def _mac(from_id: int, to_id: int, leaves: int, root: str, prev_root: str) -> str:
    text = f"{from_id}:{to_id}:{leaves}:{root}:{prev_root}"
    key = settings.HUIYIN_SECRETS.sealing_key
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
