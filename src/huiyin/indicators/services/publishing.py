"""Fix a figure as it is published, and find out later what changed behind it.

A snapshot is never edited: what was printed stays what was printed. A later difference is a note
beside it 更正说明, written once for each new state by the nightly job or by whoever looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from huiyin.base.rules.workday_calendar import local_date
from huiyin.indicators import registry, selectors
from huiyin.indicators.models import Correction, Snapshot
from huiyin.indicators.registry import Indicator, Slice
from huiyin.indicators.rules import corrections as rules
from huiyin.indicators.rules.periods import Period
from huiyin.indicators.services import computing
from huiyin.indicators.services.computing import Value
from huiyin.org.models import Area, Unit
from huiyin.org.rules.grants import ActingPost

#: Row ids that a snapshot keeps by themselves; of more the hash alone is kept.
KEPT_IDS = 5_000
#: Ids that a correction names, of each sort.
NAMED = 200
TRIES = 3
#: The nightly job counts figures again that are not older.
CHECKED_FOR = timedelta(days=730)


class NotPublished(ValueError):
    """Why a figure cannot be fixed, in words for the page."""


@dataclass(frozen=True)
class Counted:
    """A value with exactly the rows behind it. `ids` None: more than KEPT_IDS."""

    value: Value
    digest: str
    ids: list[int] | None

    @property
    def printed(self) -> str:
        return self.value.words + ("余" if self.value.approximate else "")


@dataclass(frozen=True)
class Compared:
    """A published figure and the same number now. `added`, `removed` None: it kept no ids."""

    state: str
    now: Counted | None
    added: tuple[int, ...] | None = ()
    removed: tuple[int, ...] | None = ()
    erased: int = 0

    @property
    def word(self) -> str:
        return rules.LABELS[self.state]


def publish(
    indicator: Indicator, *, area: Area, unit: Unit | None, period: Period,
    by: tuple[str, str] | None, purpose: str, post: ActingPost, at: datetime,
) -> Snapshot:  # fmt: skip
    """Keep the number as it is now, with its definition and rows. NotPublished when it has no value
    or when its rows change while it is counted."""
    if len(purpose.strip()) < 2:
        raise NotPublished("请写明这个数用在哪里，例如“10 月工作简报”")
    part = Slice(area.path, period.start, period.end, unit.pk if unit else None, by)
    counted = counted_now(indicator, part)
    if counted.value.value is None:
        raise NotPublished("这个地点和期间没有可计的明细，没有数可以发布")
    word = indicator.dimension(by[0]).words[by[1]] if by else ""
    return Snapshot.objects.create(
        code=indicator.code, label=indicator.label, formula=indicator.formula[:300],
        version=indicator.version, measure=indicator.measure.word, area=area, unit=unit,
        period=period.code, period_label=period.label[:60], start=period.start, end=period.end,
        dimension=by[0] if by else "", dimension_value=by[1] if by else "", dimension_word=word,
        as_of=min(period.last, local_date(at)), recorded_until=at, value=counted.value.value,
        printed=counted.printed, n=counted.value.n, hits=counted.value.hits,
        approximate=counted.value.approximate, digest=counted.digest, ids=counted.ids,
        purpose=purpose.strip()[:60], at=at, person_id=post.person_id, post_id=post.post_id,
    )  # fmt: skip


def counted_now(indicator: Indicator, part: Slice) -> Counted:
    """The value and its rows, of one moment: counted before and after, and again if they differ."""
    for _ in range(TRIES):
        before = computing.compute(indicator, part)
        rows = indicator.rows(part).order_by("pk").values_list("pk", flat=True)
        if before.n <= KEPT_IDS:
            ids: list[int] | None = list(rows)
            digest, n = rules.digest_of(ids or ())
        else:
            ids, (digest, n) = None, rules.digest_of(rows.iterator(chunk_size=10_000))
        if n == before.n and computing.compute(indicator, part) == before:
            return Counted(before, digest, ids)
    raise NotPublished("这个数的明细正在变动，请过一会儿再试")


def compare(snapshot: Snapshot) -> Compared:
    """What the figure would be now. Nothing is written."""
    try:
        indicator = registry.get(snapshot.code)
    except KeyError:
        return Compared(rules.GONE, None)
    part = Slice(snapshot.area.path, snapshot.start, snapshot.end, snapshot.unit_id, snapshot.by)
    now = counted_now(indicator, part)
    added: tuple[int, ...] | None = None
    removed: tuple[int, ...] | None = None
    if snapshot.ids is not None and now.ids is not None:
        then, there = set(snapshot.ids), set(now.ids)
        added, removed = tuple(sorted(there - then)), tuple(sorted(then - there))
    erased = _erased(indicator, part, snapshot)
    state = rules.state_of(
        versions=(snapshot.version, indicator.version),
        values=(_whole(snapshot.value), _whole(now.value.value)),
        digests=(snapshot.digest, now.digest), erased=erased,
    )  # fmt: skip
    return Compared(state, now, added, removed, erased)


def check(snapshot: Snapshot, *, at: datetime) -> Compared:
    """Compare, and write a correction when what is found is not what was known."""
    found = compare(snapshot)
    if found.now is None:
        return found
    with transaction.atomic():
        last = snapshot.corrections.order_by("-pk").first()
        known = (last.state, last.digest, _whole(last.value)) if last else (
            rules.SAME, snapshot.digest, _whole(snapshot.value))  # fmt: skip
        if known == (found.state, found.now.digest, _whole(found.now.value.value)):
            return found
        added, removed = found.added, found.removed
        Correction.objects.create(
            snapshot=snapshot, found_at=at, state=found.state, value=found.now.value.value,
            printed=found.now.printed, n=found.now.value.n, digest=found.now.digest,
            version=registry.get(snapshot.code).version, erased=found.erased,
            added=list((added or ())[:NAMED]), removed=list((removed or ())[:NAMED]),
            n_added=None if added is None else len(added),
            n_removed=None if removed is None else len(removed),
        )  # fmt: skip
    return found


def check_all(*, at: datetime) -> dict[str, int]:
    """Every figure that was published in the last two years: state → how many."""
    states: dict[str, int] = {}
    for snapshot in selectors.published_since(at - CHECKED_FOR).iterator(chunk_size=100):
        try:
            state = check(snapshot, at=at).state
        except NotPublished:  # its rows change at this moment: the next night
            continue
        states[state] = states.get(state, 0) + 1
    return states


def rows_named(snapshot: Snapshot, ids: Sequence[int]) -> QuerySet[Any]:
    """Rows by id as the drill-down shows them, those that are still there."""
    indicator = registry.get(snapshot.code)
    part = Slice(snapshot.area.path, snapshot.start, snapshot.end)
    related = indicator.rows(part).query.select_related
    rows = indicator.rows(part).model._default_manager.filter(pk__in=list(ids)[:NAMED])
    names = list(related) if isinstance(related, dict) else []
    return rows.select_related(*names).order_by("pk")


def _erased(indicator: Indicator, part: Slice, snapshot: Snapshot) -> int:
    """Rows of the figure whose personal data were cleared since, or that are gone."""
    if snapshot.ids is None:
        return 0
    model = indicator.rows(part).model
    there = model._default_manager.filter(pk__in=snapshot.ids)
    gone = len(snapshot.ids) - there.count()
    if any(field.name == "erased_at" for field in model._meta.get_fields()):
        return gone + int(there.filter(erased_at__gt=snapshot.at).count())
    return gone


def _whole(value: Decimal | None) -> Decimal | None:
    """A stored value and a computed one compare as numbers, not as texts."""
    return None if value is None else Decimal(value).quantize(Decimal("0.0001"))
