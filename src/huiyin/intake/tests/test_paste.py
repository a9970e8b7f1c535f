"""/work/desk/paste/: pasted chat text becomes drafts, and drafts that somebody ticked reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from huiyin.base.services import personal
from huiyin.cases.models import Case, CaseScope
from huiyin.intake.services import pasting, placing
from huiyin.org.rules.grants import ActingPost
from tests.cast import DAY, Cast, at

SignedIn = Callable[[ActingPost], Client]
PASTED = (
    "甲居民 2026/9/29 19:05\n三栋楼道灯坏了一个星期，电话 13800001234\n"
    "乙居民 19:20\n收到\n丙居民 19:30\n村主任贪污我们的补偿款"
)


@pytest.fixture
def desk(cast: Cast, signed_in: SignedIn) -> Client:
    return signed_in(cast.desk)


def split(desk: Client, **more: str) -> Any:
    return desk.post("/work/desk/paste/", {"action": "split", "pasted": PASTED} | more)


def as_posted(response: Any, **changed: str) -> dict[str, Any]:
    """What the browser would send of the drafts on the page."""
    fields: dict[str, Any] = {"action": "file", "row": []}
    for row in response.context["rows"]:
        fields["row"].append(row.key)
        for bound in row.form:
            value = bound.value()
            if value not in (None, False, ""):
                fields[bound.html_name] = "on" if value is True else value
    return fields | changed


def test_pasted_text_is_shown_as_drafts_and_nothing_is_filed(desk: Client) -> None:
    response = split(desk)

    drafts = [(r.form["name"].value(), r.form["take"].value()) for r in response.context["rows"]]
    assert drafts == [("甲居民", True), ("乙居民", False), ("丙居民", False)]
    assert not Case.objects.exists()


def test_ticked_drafts_are_filed_with_their_time_and_a_sealed_name(
    desk: Client, cast: Cast
) -> None:
    drafts = as_posted(split(desk), where="新天地小区")
    response = desk.post("/work/desk/paste/", drafts)

    case = Case.objects.get()
    assert (case.channel, case.status, case.compound_id) == (
        "paste", "awaiting_dispatch", cast.compound.pk,
    )  # fmt: skip
    assert case.opened_at == at("2026-09-29 19:05")
    contact = case.contacts.get()
    name = personal.unseal(contact.name, table="cases_contact", field="name", salt=contact.salt)
    assert (name, contact.choice) == ("甲居民", "relay")
    assert case.words.get(key="text").text == "三栋楼道灯坏了一个星期，电话 138****1234"
    assert len(response.context["filed"]) == 1
    assert len(response.context["rows"]) == 2


def test_the_same_page_sent_twice_files_once(desk: Client) -> None:
    drafts = as_posted(split(desk))
    desk.post("/work/desk/paste/", drafts)

    again = desk.post("/work/desk/paste/", drafts)

    assert Case.objects.count() == 1
    assert again.context["filed"][0].number == Case.objects.get().number


def test_an_edited_draft_is_filed_as_edited(desk: Client) -> None:
    drafts = as_posted(split(desk), **{"m0-text": "三栋楼道灯坏了，请来修", "m0-kind": "complaint"})
    desk.post("/work/desk/paste/", drafts)

    case = Case.objects.get()
    assert (case.kind, case.words.get(key="text").text) == ("complaint", "三栋楼道灯坏了，请来修")


def test_what_accuses_an_official_is_not_filed_from_a_chat(desk: Client) -> None:
    drafts = as_posted(split(desk), **{"m2-take": "on"})
    page = desk.post("/work/desk/paste/", drafts).content.decode()

    assert Case.objects.count() == 1
    assert "像是检举控告公职人员，请问本人后选一个" in page
    assert "村主任贪污我们的补偿款" in page


def test_what_accuses_an_official_is_kept_from_everybody_when_the_writer_says_so(
    desk: Client,
) -> None:
    drafts = as_posted(split(desk), **{"m2-take": "on", "m2-wrongdoing": "yes"})
    page = desk.post("/work/desk/paste/", drafts).content.decode()

    case = Case.objects.get(status="withheld")
    assert case.confidential
    assert not CaseScope.objects.filter(case=case).exists()
    assert f"/work/cases/{case.number}/" not in page
    assert "12388" in page


def test_what_turns_out_to_accuse_nobody_goes_its_way(desk: Client) -> None:
    drafts = as_posted(split(desk), **{"m2-take": "on", "m2-wrongdoing": "no"})
    desk.post("/work/desk/paste/", drafts)

    assert set(Case.objects.values_list("status", flat=True)) == {"awaiting_dispatch"}


def test_a_draft_that_nobody_was_asked_about_is_withheld(cast: Cast) -> None:
    where = placing.whereabouts(token="", typed="", area=cast.community, day=DAY.date())
    draft = pasting.Draft(
        client_id="00000000-0000-4000-8000-00000000000c", where=where,
        text="我们社区王书记贪污低保款",
    )  # fmt: skip

    pasting.file_draft(draft, post=cast.clerk, at=DAY)

    assert Case.objects.get().status == "withheld"


def test_a_time_that_lies_ahead_is_not_believed(desk: Client) -> None:
    drafts = as_posted(split(desk), **{"m0-said_at": "2027-01-01T08:00:00+08:00"})
    desk.post("/work/desk/paste/", drafts)

    assert Case.objects.get().opened_at == DAY


def test_nothing_pasted_says_so_and_keeps_the_place(desk: Client) -> None:
    page = split(desk, pasted="[图片]", where="新天地").content.decode()

    assert "没有找到文字" in page
    assert re.search(r'name="where"[^>]*value="新天地"', page, re.S)


def test_only_who_may_file_may_paste(cast: Cast, signed_in: SignedIn) -> None:
    assert signed_in(cast.handler).get("/work/desk/paste/").status_code == 403
    assert signed_in(cast.clerk).get("/work/desk/paste/").status_code == 200
