"""/work/on-spot/: put right on the spot, or passed on; the finder stays the finder."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from huiyin.base.models import Attachment
from huiyin.cases.models import Case, CaseScope
from huiyin.cases.services.steps import ActionRefused
from huiyin.org.models import Compound
from huiyin.org.rules.grants import ActingPost
from huiyin.org.services import organising
from tests.cast import FIRST, Cast

SignedIn = Callable[[ActingPost], Client]


def photo() -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "grey").save(data, "JPEG")
    return SimpleUploadedFile("p.jpg", data.getvalue(), "image/jpeg")


class Outside:
    def __init__(self, cast: Cast, client: Client) -> None:
        self.cast, self.client = cast, client

    def press(self, action: str = "solved", **typed: Any) -> Any:
        fields = {
            "client_id": "00000000-0000-4000-8000-00000000000e", "action": action,
            "place": f"c{self.cast.compound.pk}", "text": "楼道堆着旧门板，挡了半边楼梯",
            "done": "联系住户当场搬走了",
        } | typed  # fmt: skip
        return self.client.post("/work/on-spot/", fields)

    def records(self, action: str = "solved", **typed: Any) -> Case:
        response = self.press(action, **typed)
        assert response.status_code == 302, response.context["form"].errors
        return Case.objects.get(number=response["Location"].split("/")[-2])


@pytest.fixture
def outside(cast: Cast, signed_in: SignedIn) -> Outside:
    return Outside(cast, signed_in(cast.clerk))


def test_what_was_put_right_is_closed_at_once_outside_dispatch(outside: Outside) -> None:
    case = outside.records()

    assert (case.status, case.sign_off_code, case.channel) == ("closed", "on_spot", "door")
    assert case.words.get(key="reply").text == "联系住户当场搬走了"
    assert not case.assignments.exists()
    assert not case.deadlines.exists()
    assert list(case.duties.values_list("person", "duty")) == [
        (outside.cast.clerk.person_id, "find")
    ]


def test_what_was_not_put_right_waits_for_admission_with_its_finder(outside: Outside) -> None:
    case = outside.records("passed_on", done="")

    assert (case.status, case.sign_off_code) == ("registered", "")
    assert case.deadlines.get().what == "admit"
    assert not case.words.filter(key="reply").exists()


def test_who_found_it_does_not_handle_it(outside: Outside) -> None:
    case = outside.records("passed_on")
    cast = outside.cast
    case = cast.act(case, "dispatch", cast.dispatcher, lead=cast.street.pk,
                    support=[cast.neighbours.pk])  # fmt: skip

    with pytest.raises(ActionRefused, match="您在此件本轮已承担“发现”"):
        cast.act(case, "support_done", cast.clerk, note="看过了")


def test_photos_are_kept_when_given_and_never_asked_for(outside: Outside) -> None:
    case = outside.records(before=[photo()], after=[photo(), photo()])

    kept = Attachment.objects.filter(subject=f"case:{case.pk}").order_by("pk")
    assert [(a.caption, a.from_reporter, a.added_by_id) for a in kept] == [
        ("处理前", False, outside.cast.clerk.person_id),
        ("处理后", False, outside.cast.clerk.person_id),
        ("处理后", False, outside.cast.clerk.person_id),
    ]
    assert case.events.get(seq=1).data["suggestion"]["files"] == [a.sha256 for a in kept]


def test_a_photo_that_cannot_be_read_never_costs_the_record(outside: Outside) -> None:
    broken = SimpleUploadedFile("p.jpg", b"not a photo", "image/jpeg")
    case = outside.records(before=[broken])

    page = outside.client.get(f"/work/on-spot/done/{case.number}/").content.decode()
    assert "处理前第 1 张" in page
    assert not Attachment.objects.exists()


def test_a_double_press_records_once(outside: Outside) -> None:
    assert outside.press()["Location"] == outside.press()["Location"]
    assert Case.objects.count() == 1


def test_another_finding_under_the_same_id_is_asked_about(outside: Outside) -> None:
    outside.records()
    again = outside.press(text="路灯不亮")

    assert "再按一次" in again.content.decode()
    outside.records(text="路灯不亮", client_id=again.context["form"].data["client_id"])
    assert Case.objects.count() == 2


def test_what_is_missing_is_said_and_the_rest_kept(outside: Outside) -> None:
    page = outside.press(done="", place="", place_text="三栋").content.decode()

    assert "请写怎么办好的" in page
    assert "请选在哪个小区；不在小区里就选“不在小区里”" in page
    assert "楼道堆着旧门板，挡了半边楼梯" in page
    assert 'value="三栋"' in page
    assert not Case.objects.exists()


def test_outside_every_compound_it_stands_at_the_area(outside: Outside) -> None:
    case = outside.records(place="none", place_text="桥头")

    assert (case.compound_id, case.area_id) == (None, outside.cast.community.pk)
    assert case.place_text == "桥头"


def test_a_firm_chooses_among_the_compounds_that_it_serves(cast: Cast, signed_in: SignedIn) -> None:
    Compound.objects.create(name="别家小区", community=cast.community, valid_from=FIRST)
    organising.serve_compound(unit=cast.firm, compound=cast.compound, valid_from=FIRST)
    firm = Outside(cast, signed_in(cast.firm_manager))

    page = firm.client.get("/work/on-spot/").content.decode()
    assert "新天地小区" in page
    assert "别家小区" not in page

    case = firm.records()
    assert case.pk in set(Case.objects.filter(scopes__scope_id=cast.firm_manager.scope_id)
                          .values_list("pk", flat=True))  # fmt: skip


def test_words_of_danger_show_the_number_before_the_record(outside: Outside) -> None:
    page = outside.client.post("/work/desk/danger/", {"text": "地下室着火冒烟了"}).content.decode()

    assert 'href="tel:119"' in page


def test_only_who_may_put_right_on_the_spot_comes_here(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.desk).get("/work/on-spot/").status_code == 403
    assert Client().get("/work/on-spot/").status_code == 302


def test_the_page_asks_the_database_a_bounded_number_of_times(outside: Outside) -> None:
    outside.client.get("/work/on-spot/")
    asked = []
    for more in (0, 40):
        for n in range(more):
            Compound.objects.create(
                name=f"小区{n}", community=outside.cast.community, valid_from=FIRST
            )
        with CaptureQueriesContext(connection) as queries:
            outside.client.get("/work/on-spot/")
        asked.append(len(queries))

    assert asked[0] == asked[1]


# -- what is accused ---------------------------------------------------------------------------
ACCUSES = "住户说社区主任把低保给了亲戚"


def test_what_accuses_an_official_is_asked_about(outside: Outside) -> None:
    page = outside.press("passed_on", done="", text=ACCUSES).content.decode()

    assert "写的话像是检举控告公职人员，请问清后选一个" in page
    assert ACCUSES in page
    assert not Case.objects.exists()


def test_what_accuses_an_official_stays_out_of_the_line_and_its_finders_sight(
    outside: Outside,
) -> None:
    case = outside.records(text=ACCUSES, wrongdoing="yes")

    assert (case.status, case.sign_off_code) == ("withheld", "")
    assert not CaseScope.objects.filter(case=case).exists()
    page = outside.client.get(f"/work/on-spot/done/{case.number}/").content.decode()
    assert "12388" in page
    assert "打开这一件" not in page


def test_what_accuses_nobody_is_recorded_as_ever(outside: Outside) -> None:
    assert outside.records(text=ACCUSES, wrongdoing="no").sign_off_code == "on_spot"
