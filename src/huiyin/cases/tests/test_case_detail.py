"""/work/cases/NUMBER/: what stands on the page, for whom, and who reported behind a reason."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.base.kept import forget_all
from huiyin.base.models import AuditRow
from huiyin.cases.models import Case
from huiyin.cases.selectors import related
from huiyin.cases.selectors.timeline import timeline
from huiyin.cases.services.filing import Contact
from huiyin.cases.tests.conftest import LOOKING, Browser
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast

PAGE_COUNTS = json.loads(Path(__file__).with_name("page_counts.json").read_text())


def page(case: Case) -> str:
    return reverse("case_detail", args=[case.number])


def test_the_page_shows_words_place_clock_and_why(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress", summary="来电人称漏水两天", place_text="3 栋楼下")

    html = browser(cast.handler).get(page(case)).content.decode()

    assert "三栋一单元管道漏水，水流到楼道里" in html
    assert "来电人称漏水两天" in html
    assert "水富市云富街道团结路社区 新天地小区" in html
    assert "10-01 至 10-07 放假" in html
    assert "贵州晴隆县热线办理时限（待本地确认）" in html


@pytest.mark.parametrize("who", ["police_handler", "other_handler"])
def test_another_unit_does_not_see_the_case(cast: Cast, browser: Browser, who: str) -> None:
    case = cast.case_at("in_progress", area_id=cast.county.pk, compound_id=None)

    assert browser(getattr(cast, who)).get(page(case)).status_code == 404


def test_nobody_is_asked_to_sign_in(cast: Cast, client: object) -> None:
    case = cast.report()

    answer = client.get(page(case))  # type: ignore[attr-defined]

    assert answer.status_code == 302


def test_a_case_about_ones_own_unit_is_not_there(cast: Cast, browser: Browser) -> None:
    case = cast.report(about_unit_id=cast.centre.pk)

    assert browser(cast.desk).get(page(case)).status_code == 404


def test_name_and_phone_are_masked_until_a_reason_is_given(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")
    client = browser(cast.handler)
    reveal = reverse("reveal_contact", args=[case.number])

    before = client.get(page(case)).content.decode()
    without = client.post(reveal, {"reason": " "}).content.decode()
    with_reason = client.post(reveal, {"reason": "首次联系诉求人"})
    after = client.get(page(case)).content.decode()

    for html in (before, without, after):
        assert "13800001234" not in html
        assert "甲居民" not in html
    assert "138****1234" in before
    assert "请写明查看联系方式的事由" in without
    assert "13800001234" in with_reason.content.decode()
    assert "no-store" in with_reason.headers["Cache-Control"]
    row = AuditRow.objects.get()
    assert (row.action, row.subject, row.reason, row.post_id) == (
        "contact_seen", f"case:{case.number}", "首次联系诉求人", cast.handler.post_id,
    )  # fmt: skip
    assert "13800001234" not in row.body


def test_the_unit_sees_nothing_once_the_case_is_out_of_its_hands(
    cast: Cast, browser: Browser
) -> None:
    case = cast.case_at("awaiting_review")
    client = browser(cast.handler)

    html = client.get(page(case)).content.decode()
    refused = client.post(reverse("reveal_contact", args=[case.number]), {"reason": "想看"})

    assert "138****1234" not in html
    assert "现在不在您的单位手上" in html
    assert "您的岗位现在不能查看这件的联系方式" in refused.content.decode()
    assert not AuditRow.objects.exists()


def test_numbers_inside_the_text_come_clear_only_with_the_contact(
    cast: Cast, browser: Browser
) -> None:
    case = cast.case_at("in_progress", text="漏水，请打 13987001122 联系")
    client = browser(cast.handler)

    html = client.get(page(case)).content.decode()
    clear = client.post(reverse("reveal_contact", args=[case.number]), {"reason": "上门办理"})

    assert "13987001122" not in html
    assert "13987001122" in clear.content.decode()
    assert "原文" in AuditRow.objects.get().fields


def test_only_the_desk_sees_other_cases_of_the_same_caller(cast: Cast) -> None:
    first = cast.report("以前的事")
    second = cast.report("现在的事")

    assert [s.case for s in related.same_caller(second, [cast.desk], day=DAY.date())] == [first]
    assert related.same_caller(second, [cast.reviewer], day=DAY.date()) == []
    assert related.same_caller(second, [cast.dispatcher], day=DAY.date()) == []


def test_the_same_matter_of_the_same_caller_stands_first_as_a_repeat(cast: Cast) -> None:
    words = cast.report("三栋一单元管道漏水，水流到楼道里")
    place = cast.report("还是没有人来", category="0105")
    cast.report("电梯坏了三天没有人修")
    case = cast.report("三栋一单元管道漏水，水流到楼道里，请处理", category="0105")

    found = related.same_caller(case, [cast.desk], day=DAY.date())

    assert [s.case for s in found if s.repeat] == [place, words]
    assert [s.repeat for s in found] == [True, True, False]


def test_looking_at_the_callers_other_cases_is_asked_for_and_kept(
    cast: Cast, browser: Browser
) -> None:
    first = cast.report("以前的事", area_id=cast.county.pk, compound_id=None)
    case = cast.report("现在的事")
    client = browser(cast.desk)
    assert first.number not in client.get(page(case)).content.decode()
    assert not AuditRow.objects.exists()

    html = client.post(reverse("same_caller", args=[case.number])).content.decode()

    assert first.number in html
    assert AuditRow.objects.get().action == "caller_looked_up"
    refused = browser(cast.dispatcher).post(reverse("same_caller", args=[case.number]))
    assert refused.status_code == 403


def test_a_repeat_is_linked_by_the_desk_and_told_to_nobody_else(cast: Cast) -> None:
    first = cast.report("以前的事")
    case = cast.report("现在的事")

    cast.act(case, "link_repeat", cast.desk, into=first.pk)

    (link,) = related.links_of(case, [cast.desk], day=DAY.date()).links
    assert (link.kind, link.other) == ("repeat", first)
    assert related.links_of(case, [cast.dispatcher], day=DAY.date()).links == ()


def test_near_copies_come_with_their_likeness_and_only_from_ones_own_scope(cast: Cast) -> None:
    first = cast.report(
        "三栋一单元管道漏水，水流到楼道里", area_id=cast.county.pk, compound_id=None
    )
    second = cast.report("三栋一单元管道漏水，水流到楼道里，请处理")
    cast.report("电梯坏了三天没有人修")

    (copy,) = related.near_copies(second, [cast.desk], day=DAY.date(), open_only=True)
    assert (copy.case, copy.percent) == (first, 82)
    assert related.near_copies(second, [cast.other_handler], day=DAY.date(), open_only=True) == []


def test_the_timeline_tells_who_in_which_post_and_whether_in_time(cast: Cast) -> None:
    case = cast.case_at("closed")

    items = {item.event: item for item in timeline(case)}

    assert (items["dispatched"].who, items["dispatched"].post) == ("吴派单", "受理中心·派单员")
    assert items["dispatched"].facts == ("主办：市住建局",)
    assert ("签收按时", True) in items["accepted"].clocks
    assert items["called_back"].facts == ("已联系上，已解决，满意",)
    assert items["signed_off"].facts == ("满意销号",)
    (reply,) = items["result_submitted"].texts
    assert (reply.text, reply.public) == ("已更换破裂的管道，试压正常", True)


def test_a_missed_clock_is_told_with_its_time(cast: Cast) -> None:
    case = cast.case_at("awaiting_acceptance")
    cast.act(case, "accept", cast.handler, case.dispatched_at + timedelta(hours=5))  # type: ignore[operator]

    accepted = next(i for i in timeline(case) if i.event == "accepted")

    assert accepted.clocks == (("签收超过 09-30 11:20 的期限", False),)


def test_only_the_buttons_of_ones_posts_stand_there(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")

    def buttons(who: object) -> set[str]:
        answer = browser(who).get(page(case))  # type: ignore[arg-type]
        return {b.action for b in answer.context["buttons"]}

    assert "submit_result" in buttons(cast.handler)
    assert "submit_result" not in buttons(cast.dispatcher)
    assert buttons(cast.leader) == {"escalate"}


def test_an_undispatched_case_comes_with_suggestions_that_fill_the_form(
    cast: Cast, browser: Browser
) -> None:
    case = cast.case_at("awaiting_dispatch")

    html = browser(cast.dispatcher).get(page(case)).content.decode()
    filled = browser(cast.dispatcher).get(
        reverse("case_action", args=[case.number, "dispatch"]),
        {"lead": cast.housing.pk, "support": cast.neighbours.pk},
    )  # fmt: skip

    form = filled.context["opened"].form
    assert "建议交给" in html
    assert form["lead"].value() == cast.housing.pk
    assert form["support"].value() == [cast.neighbours.pk]


def test_the_paper_has_no_clear_contact_and_the_whole_course(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("closed")

    html = browser(cast.callback).get(reverse("case_print", args=[case.number])).content.decode()

    assert "诉求办理单" in html
    assert "13800001234" not in html
    assert "已更换破裂的管道，试压正常" in html


def test_a_place_without_tiles_is_a_grey_map_with_its_point(cast: Cast, browser: Browser) -> None:
    from decimal import Decimal

    case = cast.report(latitude=Decimal("28.6293"), longitude=Decimal("104.416"))

    html = browser(cast.desk).get(page(case)).content.decode()

    assert 'data-lat="28.629300"' in html
    assert "vendor/leaflet.js" in html


@pytest.mark.parametrize("name", sorted(PAGE_COUNTS))
def test_the_page_of_a_case_asks_a_bounded_number_of_times(
    cast: Cast, browser: Browser, name: str
) -> None:
    """However long its life was and however many cases are like it."""
    for _ in range(20):
        cast.report()
    status, who = name.split(":")
    case = cast.case_at(status)
    for n in range(12):
        cast.act(case, "note", cast.desk, LOOKING + timedelta(minutes=n), note="又来电催")
    client = browser(getattr(cast, who))
    client.get(page(case))
    forget_all()

    with CaptureQueriesContext(connection) as queries:
        assert client.get(page(case)).status_code == 200

    assert len(queries) == PAGE_COUNTS[name]


def test_a_reporter_with_two_contacts_shows_for_whom(cast: Cast, browser: Browser) -> None:
    case = cast.case_at(
        "in_progress",
        contacts=(
            Contact(name="代报人", phone="13800001234", choice="direct"),
            Contact(name="老人家", phone="13800005678", choice="direct", role="for_whom", visit=True),
        ),
    )  # fmt: skip

    html = browser(cast.handler).get(page(case)).content.decode()

    assert "被代报人" in html
    assert "请上门回访" in html


def test_before_acceptance_the_main_button_stands_first(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("awaiting_acceptance")

    def labels(post: ActingPost) -> list[str]:
        page = browser(post).get(reverse("case_detail", args=[case.number])).content.decode()
        words = ("签收", "登记首次联系", "退单", "申请延期", "改派", "转检举控告", "备注")
        side = page.split('id="do"')[1].split("</aside>")[0]
        found = {w: m.start() for w in words if (m := re.search(rf">\s*{w}\s*<", side))}
        return sorted(found, key=lambda w: found[w])

    assert labels(cast.handler)[0] == "签收"
    assert labels(cast.dispatcher)[0] == "改派"
    assert labels(cast.dispatcher)[-1] == "备注"
