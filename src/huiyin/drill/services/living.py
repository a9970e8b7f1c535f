"""A month of the demonstration city, lived through the services that people use.

Deterministic: the same start gives the same city. Each report lives on its own; the clock is a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from huiyin.base.rules.workday_calendar import WorkdayCalendar, local
from huiyin.base.selectors import workday_calendar
from huiyin.cases.models import Case, OnSpotLook
from huiyin.cases.rules import words as w
from huiyin.cases.services import filing, on_spot_sampling, performing, sweeping
from huiyin.cases.services.steps import REPORTER, Acting, in_post
from huiyin.drill.rules import places
from huiyin.drill.rules.matters import HOT, MATTERS, ON_SPOT, Matter
from huiyin.drill.services.building import City, County
from huiyin.org.models import Compound, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.triage.services import suggesting

DAYS = 30
REPORTS_A_DAY = 6
#: Reports of the last days stop somewhere on the way, so that work waits for every role.
UNFINISHED_DAYS = 3
RECENT_STEPS = (0, 0, 0, 1, 1, 2, 2, 3, 4, 5, 6, 7)
RECENT_A_DAY = 14


class OutOfTime(Exception):
    """The next step of this report lies in the future: it stays where it is."""


@dataclass
class Life:
    """One report on its way: when it is, and a step that refuses to look into the future."""

    case: Case
    county: County
    at: datetime
    now: datetime
    calendar: WorkdayCalendar
    random: Random
    steps_left: int = 99

    def wait(self, low: float, high: float) -> None:
        """Let between low and high hours of office time go by."""
        hours = self.random.uniform(low, high)
        if self.steps_left < 99:
            # A recent report: its steps share the time that there is, whatever the hour.
            self.at += (self.now - self.at) * min(0.3, hours / 40)
        else:
            self.at = office_time(self.at + timedelta(hours=hours), self.calendar)
        self.steps_left -= 0 if self.steps_left == 99 else 1
        if self.at > self.now or self.steps_left < 0:
            raise OutOfTime

    def act(self, action: str, post: ActingPost | Acting, **given: Any) -> None:
        by = post if isinstance(post, Acting) else in_post(post)
        self.case = performing.perform(
            case=self.case.pk, action=action, by=by, at=self.at, given=given
        )

    def may(self, action: str, post: ActingPost) -> bool:
        """Whether the page would show that button to that post now."""
        return any(b.action == action for b in performing.buttons(self.case, [post], self.at))

    def centre(self, role: str) -> ActingPost:
        return self.random.choice(self.county.centre_posts[role])


def live(city: City, *, now: datetime, days: int = DAYS, per_day: int = REPORTS_A_DAY) -> int:
    """Live the last `days` days until `now`; number of reports."""
    random, calendar, count = Random(530600), workday_calendar(), 0
    weights = [places.COUNTIES[c.area.code][1] for c in city.counties]
    for county, at in _arrivals(city, random, weights, now, days, per_day):
        with transaction.atomic():
            _one(county, at, now, calendar, random)
        count += 1
    count += _hot(city, now, calendar)
    while sweeping.sweep(at=now).left:
        pass
    _look_at_on_spot(city, now)
    return count


def _hot(city: City, now: datetime, calendar: WorkdayCalendar) -> int:
    """In one compound of the larger counties several people report the same lift; how many."""
    random, count = Random(9), 0
    for county in city.counties[:3]:
        for n, text in enumerate(HOT.texts):
            at = office_time(now - timedelta(days=16 - 3 * n), calendar)
            matter = replace(HOT, texts=(text,))
            with transaction.atomic():
                case = _file(county, county.compounds[0], matter, at, random)
                _go(Life(case, county, at, now, calendar, random), matter, county.compounds[0])
            count += 1
    return count


def _look_at_on_spot(city: City, now: datetime) -> None:
    """Last month's sample of 自办件 is drawn; each subdistrict has looked at all but its last."""
    last_month = local(now).date().replace(day=1) - timedelta(days=1)
    on_spot_sampling.draw(month=last_month, at=now)
    posts = {unit: held[0] for county in city.counties for unit, held in county.unit_posts.items()}
    before: set[int] = set()
    for look in OnSpotLook.objects.order_by("-pk"):
        if look.unit_id in before:
            performing.perform(
                case=look.case_id, action="look_true", by=in_post(posts[look.unit_id]), at=now,
                given={"note": "上午去看过，已经清走，楼道是通的"},
            )  # fmt: skip
        before.add(look.unit_id)


def office_time(at: datetime, calendar: WorkdayCalendar) -> datetime:
    """That moment when an office is open, else the next opening."""
    here = local(at)
    while True:
        for begin, end in calendar.sessions_on(here.date()):
            if here <= end:
                return max(here, begin + timedelta(minutes=here.minute % 20))
        here = (here + timedelta(days=1)).replace(hour=0, minute=here.minute)


def _arrivals(
    city: City, random: Random, weights: list[int], now: datetime, days: int, per_day: int
) -> Iterator[tuple[County, datetime]]:
    for day in range(days, -1, -1):
        midnight = local(now - timedelta(days=day)).replace(hour=0, minute=0, second=0,
                                                            microsecond=0)  # fmt: skip
        busy = RECENT_A_DAY if day < UNFINISHED_DAYS else per_day
        for _ in range(busy + random.randint(-3, 3)):
            at = midnight + timedelta(minutes=random.randint(7 * 60, 22 * 60))
            county = random.choices(city.counties, weights)[0]
            if at < now:
                yield county, at


def _one(
    county: County, at: datetime, now: datetime, calendar: WorkdayCalendar, random: Random
) -> None:
    compound = random.choice(county.compounds)
    if random.random() < 0.08:
        _on_spot(county, compound, at, random)
        return
    matter = random.choices(MATTERS, [m.weight for m in MATTERS])[0]
    case = _file(county, compound, matter, at, random)
    recent = now - at < timedelta(days=UNFINISHED_DAYS)
    steps = random.choice(RECENT_STEPS) if recent else 99
    _go(Life(case, county, at, now, calendar, random, steps), matter, compound)


def _go(life: Life, matter: Matter, compound: Compound) -> None:
    try:
        _live(life, matter, compound)
    except OutOfTime:
        return


def _file(county: County, compound: Compound, matter: Matter, at: datetime, random: Random) -> Case:
    channel = random.choices(("web", "phone", "qr", "visit"), (4, 4, 3, 1))[0]
    building = f"{random.randint(1, 12)}栋{random.randint(1, 3)}单元"
    text = random.choice(matter.texts).format(place=f"{compound.name}{building}")
    choice = {"help": "direct", "accusation": "confidential"}.get(matter.kind, "relay")
    about = None
    if matter.code == "firm_service":
        about = next(
            (u.pk for u in county.firms.values() if u.compound_links.filter(compound=compound)),
            None,
        )
    desk = random.choice(county.centre_posts["desk"]) if channel in ("phone", "visit") else None
    contact = filing.Contact(
        name=places.invented_name(random.randint(300, 690)),
        phone=f"1990870{random.randint(0, 9999):04d}", door=f"{random.randint(101, 1804)}室",
        choice=choice,
    )  # fmt: skip
    found = suggesting.suggest(
        text=text, place_area_id=compound.community_id, compound_id=compound.pk, day=at.date()
    )
    filed = filing.file_report(
        filing.NewReport(
            text=text, at=at, channel=channel, suggestion=filing.suggestion_json(found.as_data()), area_id=compound.community_id,
            compound_id=compound.pk, place_text=f"{compound.name}{building}", kind=matter.kind,
            urgency=matter.urgency, category=found.category, contacts=(contact,),
            confidential=choice == "confidential", about_unit_id=about, entered_by=desk,
            admitted=desk is not None,
        ),
        recorded_at=at,
    )  # fmt: skip
    return Case.objects.get(pk=filed.case_id)


def _on_spot(county: County, compound: Compound, at: datetime, random: Random) -> None:
    community = county.communities[compound.community_id]
    finder = county.unit_posts[community.pk][-1]
    text, reply = random.choice(ON_SPOT)
    filing.file_report(
        filing.NewReport(
            text=f"{compound.name}{text}", at=at, channel="door", area_id=compound.community_id,
            compound_id=compound.pk, found_by=finder, on_spot=reply,
        ),
        recorded_at=at,
    )  # fmt: skip


def _live(life: Life, matter: Matter, compound: Compound) -> None:
    random, county = life.random, life.county
    urgent = matter.urgency != "normal"
    if life.case.deadlines.filter(what="alert").exists():
        life.wait(0.1, 0.8)
        life.act("acknowledge_alert", life.centre("leader"), note="已请住建、人社、派出所到场")
    life.wait(0.1, 0.5 if urgent else 1.8)
    if matter.kind == "enquiry" and random.random() < 0.6:
        life.act("answer", life.centre("desk"), reply=random.choice(matter.replies))
        return
    lead = _unit_for(county, matter.function, compound)
    support = [u.pk for f in matter.support if (u := _unit_for(county, f, compound)) != lead]
    if life.case.about_unit_id in support:
        support.remove(life.case.about_unit_id)
    life.act("dispatch", life.centre("dispatcher"), lead=lead.pk, support=support)
    if random.random() < 0.07:
        lead = _returned(life, lead)
    life.wait(0.2, 1.5 if urgent or random.random() < 0.9 else 6)
    if life.case.status == w.AWAITING_ACCEPTANCE:
        life.act("accept", _handler(county, lead))
    if random.random() < 0.9:
        life.wait(0.2, 2 if urgent or random.random() < 0.85 else 30)
        life.act("contact", _handler(county, lead), how=random.choice(("phone", "visit")))
    if matter.code == "deed" or random.random() < 0.03:
        _suspend(life, lead)
        return
    if not urgent and random.random() < 0.08:
        _extend(life, lead)
    helping = life.case.assignments.filter(role="support", ended_at__isnull=True)
    for unit_id in helping.order_by("id").values_list("unit", flat=True):
        life.wait(1, 12)
        life.act("support_done", county.unit_posts[unit_id][0], note="已按分工处理，情况告知主办")
    _reply_and_check(life, lead, matter)


def _reply_and_check(life: Life, lead: Unit, matter: Matter) -> None:
    random, county = life.random, life.county
    urgent = matter.urgency != "normal"
    for _ in range(3):
        life.wait(1 if urgent else 8, 10 if urgent else 70)
        life.act("submit_result", _handler(county, lead), reply=random.choice(matter.replies))
        life.wait(0.5, 6)
        life.act("approve", life.centre("reviewer"))
        life.wait(2, 30)
        pleased = random.random()
        if pleased < 0.3:
            life.act("answer_as_reporter", REPORTER, resolved=True, satisfied="satisfied")
        elif pleased < 0.82:
            life.act("call_back", life.centre("callback"), channel="phone", outcome="reached",
                     resolved=True, satisfied="satisfied" if pleased < 0.7 else "fair",
                     contacted_in_time=True)  # fmt: skip
        elif pleased < 0.9:
            life.act("call_back", life.centre("callback"), channel="phone", outcome="unreachable")
            return
        else:
            life.act("call_back", life.centre("callback"), channel="phone", outcome="reached",
                     resolved=False, satisfied="dissatisfied", note="说还没弄好")  # fmt: skip
            life.act("rework", _same_checker(life), note="请再到现场核实，解决后再答复")
            continue
        life.wait(0.2, 3)
        life.act("sign_off", life.centre("callback"), code="satisfied")
        return


def _same_checker(life: Life) -> ActingPost:
    return life.centre("callback")


def _returned(life: Life, lead: Unit) -> Unit:
    random, county = life.random, life.county
    other = random.choice([u for u in county.by_function.values() if u != lead])
    life.wait(0.3, 3)
    if not life.may("return_case", _handler(county, lead)):
        return lead
    life.act("return_case", _handler(county, lead), reason="wrong_duty",
             basis="本部门三定方案", proposed_unit=other.pk, note="此事不属本单位职责")  # fmt: skip
    life.wait(0.3, 2.5)
    if random.random() < 0.5:
        life.act("grant_return", life.centre("dispatcher"), lead=other.pk, note="同意改派")
        return other
    life.act("refuse_return", life.centre("dispatcher"), note="属本单位职责，请继续办理")
    return lead


def _extend(life: Life, lead: Unit) -> None:
    life.wait(2, 10)
    if not life.may("ask_extension", _handler(life.county, lead)):
        return
    life.act("ask_extension", _handler(life.county, lead), amount=1, note="等待配件到货",
             reply="所需配件正在采购，会再用几个工作日，到货即装。")  # fmt: skip
    life.wait(1, 5)
    life.act("grant_extension", life.centre("supervisor"))


def _suspend(life: Life, lead: Unit) -> None:
    life.wait(4, 20)
    life.act("ask_suspension", _handler(life.county, lead), reason="history",
             basis="分管副局长", expected_on=(life.at + timedelta(days=200)).date(),
             note="资料补齐后分批办理", reply="因历史资料不全暂时办不下来，已列入跟踪，每季度复核。")  # fmt: skip
    life.wait(2, 20)
    life.act("grant_suspension", life.centre("supervisor"))


def _handler(county: County, unit: Unit) -> ActingPost:
    return county.unit_posts[unit.pk][0]


def _unit_for(county: County, function: str, compound: Compound) -> Unit:
    if function == "community":
        return county.communities[compound.community_id]
    if function == "locality":
        return county.towns[compound.community.parent_id]  # type: ignore[index]
    return county.by_function[function]
