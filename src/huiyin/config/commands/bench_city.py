"""A small city for the benchmarks: real division codes, invented compounds, reports and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huiyin.cases.services.filing import NewReport
    from huiyin.org.models import Area, Compound, Unit
    from huiyin.org.rules.grants import ActingPost

SINCE = date(2020, 1, 1)
#: Tables of cases, in the order in which rows may be written.
TABLES = ("cases_case", "cases_duty", "cases_event", "cases_words", "cases_contact",
          "cases_deadline", "cases_scope", "cases_search")  # fmt: skip


@dataclass(frozen=True)
class City:
    """Where reports come from, and who looks at lists: one for a county, one for a unit."""

    compounds: tuple[Compound, ...]
    county: Area
    unit: Unit
    dispatcher: ActingPost
    handler: ActingPost
    at: datetime


def build() -> City:
    """Seed areas, calendar and limits; 30 compounds in three counties, one unit, two posts."""
    from huiyin.base import clock
    from huiyin.config.commands.seed import seed_base
    from huiyin.org import selectors
    from huiyin.org.models import Area
    from huiyin.org.services import organising

    at = clock.now()
    seed_base(at)
    compounds = []
    counties = []
    for code in ("530681", "530602", "530621"):
        county = selectors.area_at(code, at.date())
        counties.append(county)
        communities = Area.objects.filter(path__startswith=county.path, kind="community")
        for n, community in enumerate(communities.order_by("code")[:10]):
            compounds.append(
                organising.create_compound(
                    name=f"{county.name[:2]}{n + 1}号小区", community=community, valid_from=SINCE
                )
            )
    county = counties[0]
    unit = organising.create_unit(
        kind="department", name=f"{county.name}住房和城乡建设局", area=county, valid_from=SINCE,
        short_name="市住建局", function="housing",
    )  # fmt: skip
    posts = []
    for role in ("dispatcher", "handler"):
        person = organising.create_person(name=f"测速{role}")
        post = organising.create_post(
            person=person, unit=unit, area=county, role=role, valid_from=SINCE, at=at
        )
        posts.append(selectors.acting(post))
    return City(tuple(compounds), county, unit, posts[0], posts[1], at)


def empty_cases() -> None:
    """No cases any more. As superuser: the ledger refuses TRUNCATE from everybody else."""
    from django.conf import settings

    from huiyin.base import pg

    settings.HUIYIN_CLUSTER.psql(
        f"SET session_replication_role = replica; TRUNCATE {', '.join(TABLES)} CASCADE", pg.DATABASE
    )


def report(city: City, n: int) -> NewReport:
    """The n-th report: about 200 characters, a name and a phone, within the last three years."""
    from huiyin.cases.services.filing import Contact, NewReport

    compound = city.compounds[n % len(city.compounds)]
    return NewReport(
        text=text(n, compound.name), at=city.at - timedelta(minutes=7 + n * 13 % 1_500_000),
        channel="excel", area_id=compound.community_id, compound_id=compound.pk,
        kind=("help", "complaint", "enquiry", "suggestion")[n % 4], place_text=f"{n % 20 + 1}栋",
        contacts=(Contact(name=f"居民{n % 9000}", phone=f"139{n % 100_000_000:08d}"),),
        external_key=f"number:bench:{n}",
    )  # fmt: skip


def text(n: int, place: str) -> str:
    """About 200 characters out of the demonstration's sentences, different for each n."""
    from huiyin.drill.rules.matters import MATTERS

    sentences = [t.format(place=place) for m in MATTERS for t in m.texts]
    size = len(sentences)
    picked = [sentences[(n * step + step) % size] for step in (1, 3, 7, 11, 13)]
    return f"第{n}件：" + "".join(picked)
