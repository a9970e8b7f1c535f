"""The fixed cast of the tests: one county, two subdistricts, their units, and who works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import chinese_calendar

from huiyin.base.models import Workday
from huiyin.base.services.seeding import seed_local_defaults
from huiyin.cases.models import Case
from huiyin.cases.services import filing, performing
from huiyin.cases.services.seeding import seed_deadlines
from huiyin.cases.services.steps import REPORTER, Acting, in_post
from huiyin.org.models import Area, Compound, Person, Post, Unit
from huiyin.org.rules.grants import ActingPost

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2020, 1, 1)


def at(text: str) -> datetime:
    """A moment in local time: at("2026-09-30 16:05")."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


#: A Wednesday before the long holiday: the golden vector of deadlines starts here.
DAY = at("2026-09-30 09:00")


@dataclass
class Cast:
    city: Area
    county: Area
    subdistrict: Area
    community: Area
    compound: Compound
    centre: Unit
    housing: Unit
    police: Unit
    street: Unit
    neighbours: Unit
    firm: Unit
    desk: ActingPost
    dispatcher: ActingPost
    arbiter: ActingPost
    reviewer: ActingPost
    callback: ActingPost
    supervisor: ActingPost
    supervisor2: ActingPost
    handler: ActingPost
    other_handler: ActingPost
    police_handler: ActingPost
    clerk: ActingPost
    firm_manager: ActingPost
    leader: ActingPost

    def report(self, text: str = "三栋一单元管道漏水，水流到楼道里", **more: Any) -> Case:
        """File a report as a resident would; status registered."""
        values: dict[str, Any] = {
            "at": DAY, "channel": "web", "area_id": self.community.pk,
            "compound_id": self.compound.pk,
            "contacts": (filing.Contact(name="甲居民", phone="13800001234", choice="direct"),),
        }  # fmt: skip
        values |= more
        filed = filing.file_report(filing.NewReport(text=text, **values), recorded_at=values["at"])
        return Case.objects.get(pk=filed.case_id)

    def act(self, case: Case, action: str, post: ActingPost | Acting, when: datetime = DAY,
            **given: Any) -> Case:  # fmt: skip
        """One action through the service that pages use."""
        by = post if isinstance(post, Acting) else in_post(post)
        return performing.perform(case=case.pk, action=action, by=by, at=when, given=given)

    def case_at(self, status: str, **more: Any) -> Case:
        """A case in that status, reached through the services, never by setting it."""
        case = self.report(**more)
        road: list[tuple[str, ActingPost, dict[str, Any]]] = [
            ("admit", self.desk, {}),
            ("dispatch", self.dispatcher, {"lead": self.housing.pk}),
            ("accept", self.handler, {}),
            ("submit_result", self.handler, {"reply": "已更换破裂的管道，试压正常"}),
            ("approve", self.reviewer, {}),
        ]
        reached = ["awaiting_dispatch", "awaiting_acceptance", "in_progress", "awaiting_review",
                   "awaiting_callback"]  # fmt: skip
        if status == "registered":
            return case
        when = case.opened_at
        for (action, post, given), now in zip(road, reached, strict=True):
            when += timedelta(minutes=10)
            case = self.act(case, action, post, when, **given)
            if now == status:
                return case
        case = self.act(case, "call_back", self.callback, when + timedelta(minutes=5),
                        channel="phone", outcome="reached", resolved=True, satisfied="satisfied")  # fmt: skip
        case = self.act(case, "sign_off", self.callback, when + timedelta(minutes=6),
                        code="satisfied")  # fmt: skip
        assert case.status == status, f"no road to {status}"
        return case


def as_reporter() -> Acting:
    return REPORTER


def make() -> Cast:
    """Seed calendar, time limits and local defaults, and make the cast."""
    _calendar()
    seed_deadlines()
    seed_local_defaults()
    city = _area("530600000000", "昭通市", "city", None)
    county = _area("530681000000", "水富市", "county", city)
    street_area = _area("530681001000", "云富街道", "subdistrict", county)
    community = _area("530681001004", "团结路社区", "community", street_area)
    compound = Compound.objects.create(name="新天地小区", community=community, valid_from=FIRST)
    centre = _unit("centre", "水富市政务热线受理中心", "受理中心", county, "hotline")
    housing = _unit("department", "水富市住房和城乡建设局", "市住建局", county, "housing")
    police = _unit("department", "水富市公安局", "市公安局", county, "police")
    street = _unit("subdistrict", "云富街道办事处", "云富街道", street_area, "locality")
    neighbours = _unit("community", "团结路社区居民委员会", "团结路社区", community, "community")
    firm = _unit("firm", "水富市安居物业服务有限公司", "安居物业", county, "property")
    return Cast(
        city=city, county=county, subdistrict=street_area, community=community, compound=compound,
        centre=centre, housing=housing, police=police, street=street, neighbours=neighbours,
        firm=firm,
        desk=_post("周受理", centre, county, "desk"),
        dispatcher=_post("吴派单", centre, county, "dispatcher"),
        arbiter=_post("郑裁定", centre, county, "dispatcher"),
        reviewer=_post("王审核", centre, county, "reviewer"),
        callback=_post("冯回访", centre, county, "callback"),
        supervisor=_post("陈督办", centre, county, "supervisor"),
        supervisor2=_post("褚督办", centre, county, "supervisor"),
        handler=_post("卫承办", housing, county, "handler"),
        other_handler=_post("蒋街道", street, street_area, "handler"),
        police_handler=_post("沈民警", police, county, "handler"),
        clerk=_post("韩专干", neighbours, community, "community_clerk"),
        firm_manager=_post("杨经理", firm, county, "firm_manager"),
        leader=_post("朱领导", centre, county, "leader"),
    )  # fmt: skip


def _calendar() -> None:
    day, rows = date(2025, 1, 1), []
    while day < date(2027, 1, 1):
        rows.append(Workday(day=day, is_workday=chinese_calendar.is_workday(day),
                            name=chinese_calendar.get_holiday_detail(day)[1] or "",
                            source="chinesecalendar"))  # fmt: skip
        day += timedelta(days=1)
    Workday.objects.bulk_create(rows, ignore_conflicts=True)


def _area(code: str, name: str, kind: str, parent: Area | None) -> Area:
    area = Area.objects.create(code=code, name=name, kind=kind, parent=parent, valid_from=FIRST)
    area.path = f"{parent.path if parent else '/'}{area.pk}/"
    area.save(update_fields=["path"])
    return area


def _unit(kind: str, name: str, short: str, area: Area, function: str) -> Unit:
    return Unit.objects.create(kind=kind, name=name, short_name=short, area=area,
                               function=function, valid_from=FIRST, phone="0870-8630000")  # fmt: skip


def _post(name: str, unit: Unit, area: Area, role: str) -> ActingPost:
    person = Person.objects.create(name=name)
    post = Post.objects.create(person=person, unit=unit, area=area, role=role, valid_from=FIRST)
    return ActingPost(post_id=post.pk, person_id=person.pk, person_name=name, unit_id=unit.pk,
                      unit_kind=unit.kind, unit_name=unit.short_name, area_id=area.pk, role=role)  # fmt: skip
