"""热点: what several people report of the same place and subject, from whose words it follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases.models import Case, CaseContact, CaseWords
from huiyin.cases.rules.case_filter import CaseFilter
from huiyin.cases.selectors.lists import cases_page
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.rules import topics

#: The newest reports of the term, and the beginning of each: a page is not waited for longer than
#: a second or two. More reports than that in a term are a city's, which looks by county.
MOST, LETTERS = 2_000, 200


@dataclass(frozen=True)
class HotTopic:
    """One topic: where, what about (strongest word first), how many people, its cases, newest first."""

    place: str
    words: tuple[str, ...]
    people: int
    cases: tuple[Case, ...]

    @property
    def open(self) -> int:
        """How many of its cases are not ended."""
        return sum(not c.ended for c in self.cases)


@dataclass(frozen=True)
class HotTopics:
    """`looked_at` reports were compared; `more` = there are older ones in the term."""

    topics: tuple[HotTopic, ...]
    looked_at: int
    more: bool


def hot_topics(
    posts: Sequence[ActingPost], *, now: datetime, days: int, fewest_people: int
) -> HotTopics:
    """Topics of the last `days` days among the reports that these posts may see. Seven queries.

    People are told apart by their phone; who left none counts as one for each report.
    """
    since = local_date(now) - timedelta(days=days)
    page = cases_page(posts, CaseFilter(type="report", since=since), now=now, limit=MOST)
    ids = [c.pk for c in page.rows]
    written = dict(
        CaseWords.objects.filter(case__in=ids, seq=1, key="text", text__isnull=False)
        .values_list("case", "text")
    )  # fmt: skip
    phones = dict(
        CaseContact.objects.filter(case__in=ids, role="reporter").exclude(phone_index="")
        .values_list("case", "phone_index")
    )  # fmt: skip
    found = topics.hot_topics(
        [f"{c.title}。{(written.get(c.pk) or '')[:LETTERS]}" for c in page.rows],
        [phones.get(c.pk) or f"case:{c.pk}" for c in page.rows],
        known_places=[c.compound.name if c.compound else "" for c in page.rows],
        fewest_people=fewest_people,
    )  # fmt: skip
    return HotTopics(
        topics=tuple(
            HotTopic(t.place, t.words, t.people, tuple(page.rows[i] for i in t.rows)) for t in found
        ),
        looked_at=len(ids), more=page.older is not None,
    )  # fmt: skip
