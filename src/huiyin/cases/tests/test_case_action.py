"""/work/cases/NUMBER/do/ACTION/: every action of the table through its page."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from huiyin.base.models import Attachment
from huiyin.cases.forms.actions import ActionForm
from huiyin.cases.forms.asks import Around
from huiyin.cases.models import Case
from huiyin.cases.rules.transitions import BASE
from huiyin.cases.tests.conftest import LOOKING, Browser, second_post
from tests.cast import Cast

#: action → (status in which it is tried, who may, who of the same area or line may not, what is
#: typed, the event, the status afterwards).
ACTS: dict[str, tuple[str, str, str, dict[str, Any], str, str]] = {
    "admit": ("registered", "desk", "handler", {}, "admitted", "awaiting_dispatch"),
    "answer": ("registered", "desk", "reviewer", {"reply": "已答复"}, "answered_at_once", "answered"),
    "tell_channel": ("registered", "desk", "reviewer",
                     {"channel": "petition", "reply": "请向信访部门反映"}, "channel_told",
                     "told_channel"),
    "decline": ("registered", "desk", "callback", {"reason": "beyond_duty", "reply": "不属受理范围"},
                "declined", "declined"),
    "dispatch": ("awaiting_dispatch", "dispatcher", "desk", {"lead": "housing"}, "dispatched",
                 "awaiting_acceptance"),
    "redispatch": ("in_progress", "dispatcher", "desk", {"lead": "police", "note": "噪音归公安"},
                   "redispatched", "awaiting_acceptance"),
    "accept": ("awaiting_acceptance", "handler", "police_handler", {}, "accepted", "in_progress"),
    "contact": ("in_progress", "handler", "reviewer", {"how": "phone"}, "first_contacted",
                "in_progress"),
    "transfer_contact": ("in_progress", "desk", "handler", {}, "contact_transferred",
                         "in_progress"),
    "arrive": ("in_progress", "handler", "desk", {}, "arrived", "in_progress"),
    "record_step": ("in_progress", "handler", "desk", {"note": "已联系厂家"}, "step_recorded",
                    "in_progress"),
    "submit_result": ("in_progress", "handler", "dispatcher", {"reply": "已换管"},
                      "result_submitted", "awaiting_review"),
    "return_case": ("in_progress", "handler", "dispatcher",
                    {"reason": "wrong_duty", "basis": "三定方案", "proposed_unit": "police",
                     "note": "噪音"}, "return_asked", "awaiting_return_ruling"),
    "ask_extension": ("in_progress", "handler", "desk",
                      {"amount": "2", "note": "等配件", "reply": "配件在途"}, "extension_asked",
                      "in_progress"),
    "ask_suspension": ("in_progress", "handler", "desk",
                       {"reason": "money", "basis": "分管副局长", "expected_on": "2026-12-31",
                        "note": "围挡", "reply": "资金审批中"}, "suspension_asked", "in_progress"),
    "ask_termination": ("in_progress", "handler", "desk",
                        {"reason": "no_cooperation", "basis": "三次上门未遇", "reply": "说明"},
                        "termination_asked", "in_progress"),
    "approve": ("awaiting_review", "reviewer", "handler", {}, "approved", "awaiting_callback"),
    "send_back": ("awaiting_review", "reviewer", "handler", {"note": "没有说明时间"}, "sent_back",
                  "in_progress"),
    "call_back": ("awaiting_callback", "callback", "reviewer",
                  {"channel": "phone", "outcome": "reached", "resolved": "yes",
                   "satisfied": "satisfied"}, "called_back", "awaiting_callback"),
    "remind": ("in_progress", "supervisor", "handler", {}, "reminder_sent", "in_progress"),
    "escalate": ("in_progress", "supervisor", "handler", {"note": "多部门推诿"}, "escalated",
                 "in_progress"),
    "note": ("in_progress", "desk", "handler", {"note": "来电催问"}, "noted", "in_progress"),
    "consult": ("in_progress", "dispatcher", "handler",
                {"units": ["housing", "police"], "note": "由住建牵头"}, "consulted", "in_progress"),
    "reopen": ("closed", "callback", "handler", {"note": "又漏"}, "reopened", "awaiting_dispatch"),
}  # fmt: skip


def page(case: Case, action: str) -> str:
    return reverse("case_action", args=[case.number, action])


def typed(cast: Cast, values: dict[str, Any]) -> dict[str, Any]:
    """Names of units as their ids."""
    units = {"housing": cast.housing.pk, "police": cast.police.pk}
    return {
        k: [units[x] for x in v] if isinstance(v, list) else units.get(v, v)
        for k, v in values.items()
    }


@pytest.mark.parametrize("action", sorted(ACTS))
def test_an_action_is_done_once_by_who_may(cast: Cast, browser: Browser, action: str) -> None:
    status, who, _, values, event, after = ACTS[action]
    case = cast.case_at(status)
    sent = typed(cast, values) | {"seen_version": case.version}

    answer = browser(getattr(cast, who)).post(page(case, action), sent)

    assert answer.status_code == 302, answer.context["opened"].form.errors
    case.refresh_from_db()
    assert (case.status, case.events.filter(action=event).count()) == (after, 1)
    assert case.events.get(action=event).post_id == getattr(cast, who).post_id


@pytest.mark.parametrize("action", sorted(ACTS))
def test_an_action_is_refused_to_another_role(cast: Cast, browser: Browser, action: str) -> None:
    status, _, other, values, event, _ = ACTS[action]
    case = cast.case_at(status)

    answer = browser(getattr(cast, other)).post(page(case, action), typed(cast, values))

    assert answer.status_code in (404, 409)
    assert not case.events.filter(action=event).exists()


@pytest.mark.parametrize("action", sorted(ACTS))
def test_an_action_is_refused_in_another_status(cast: Cast, browser: Browser, action: str) -> None:
    _, who, _, values, event, _ = ACTS[action]
    sources = next(t.sources for t in BASE if t.action == action)
    wrong = next(s for s in ("closed", "registered", "awaiting_callback") if s not in sources)
    case = cast.case_at(wrong)
    before = case.events.filter(action=event).count()

    answer = browser(getattr(cast, who)).post(page(case, action), typed(cast, values))

    assert answer.status_code in (404, 409)
    assert case.events.filter(action=event).count() == before


@pytest.mark.parametrize("action", sorted(a for a in ACTS if ACTS[a][1] == "handler"))
def test_a_units_action_is_hidden_from_another_unit(
    cast: Cast, browser: Browser, action: str
) -> None:
    status, _, _, values, event, _ = ACTS[action]
    case = cast.case_at(status)
    before = case.events.filter(action=event).count()

    answer = browser(cast.police_handler).post(page(case, action), typed(cast, values))

    assert answer.status_code == 404
    assert case.events.filter(action=event).count() == before


@pytest.mark.parametrize("transition", BASE, ids=lambda t: t.action)
def test_every_ask_of_the_table_has_a_field(cast: Cast, transition: Any) -> None:
    case = cast.case_at("in_progress")

    form = ActionForm(
        transition=transition, around=Around(case=case, posts=[cast.handler], day=LOOKING.date())
    )

    asked = {a.key for a in transition.asks if a.type != "children" and not a.after_rework}
    assert asked <= set(form.fields)


def test_errors_keep_what_was_typed(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")

    answer = browser(cast.handler).post(
        page(case, "return_case"),
        {
            "reason": "wrong_duty",
            "basis": "",
            "proposed_unit": cast.police.pk,
            "note": "噪音归公安",
        },
    )

    assert answer.status_code == 422
    html = answer.content.decode()
    assert "请填写“法条或三定依据”" in html
    assert "噪音归公安</textarea>" in html
    assert answer.context["opened"].form["proposed_unit"].value() == str(cast.police.pk)
    assert Case.objects.get(pk=case.pk).status == "in_progress"


def test_the_second_of_two_presses_is_told_who_was_first(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("awaiting_dispatch")
    sent = {"lead": cast.housing.pk, "note": "请当日办", "seen_version": case.version}
    browser(cast.dispatcher).post(page(case, "dispatch"), sent)

    answer = browser(cast.arbiter).post(page(case, "dispatch"), sent)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "吴派单刚处理过，此件现在是“待签收”" in html
    assert "请当日办" in html
    assert case.events.filter(action="dispatched").count() == 1


def test_who_acts_on_an_old_page_is_told_and_may_send_again(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")
    seen = case.version
    cast.act(case, "note", cast.desk, LOOKING, note="来电催问")
    client = browser(cast.handler)

    refused = client.post(page(case, "record_step"), {"note": "已到场", "seen_version": seen})
    now_seen = refused.context["opened"].form["seen_version"].value()
    again = client.post(page(case, "record_step"), {"note": "已到场", "seen_version": now_seen})

    assert refused.status_code == 409
    assert "周受理刚刚处理过此件" in refused.content.decode()
    assert "已到场</textarea>" in refused.content.decode()
    assert again.status_code == 302


def test_somebody_with_two_posts_chooses_in_which(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")
    other = second_post(cast, cast.dispatcher, cast.desk)
    client = browser(cast.dispatcher)

    shown = client.get(page(case, "note")).content.decode()
    client.post(
        page(case, "note"), {"note": "来电", "post": other.post_id, "seen_version": case.version}
    )

    assert (
        "以 受理中心·派单员、受理中心·受理员"
        in client.get(reverse("case_detail", args=[case.number])).content.decode()
    )
    assert "受理中心·派单员" in shown
    assert "受理中心·受理员" in shown
    assert case.events.get(action="noted").post_id == other.post_id


def test_a_granted_return_begins_with_the_proposed_unit(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")
    cast.act(case, "return_case", cast.handler, LOOKING, reason="wrong_duty", basis="三定",
             proposed_unit=cast.police.pk, note="噪音")  # fmt: skip

    answer = browser(cast.arbiter).get(page(case, "grant_return"))

    assert answer.context["opened"].form["lead"].value() == cast.police.pk


def test_a_community_stands_in_the_list_but_cannot_be_chosen_to_lead(
    cast: Cast, browser: Browser
) -> None:
    case = cast.case_at("awaiting_dispatch")

    html = browser(cast.dispatcher).get(page(case, "dispatch")).content.decode()
    refused = browser(cast.dispatcher).post(page(case, "dispatch"), {"lead": cast.neighbours.pk})

    assert "团结路社区（只能协办）" in html
    assert refused.status_code == 409
    assert "只能协办；请由所属街道主办" in refused.content.decode()


def test_units_far_away_are_not_offered_and_not_taken(cast: Cast, browser: Browser) -> None:
    from huiyin.org.models import Area, Unit
    from tests.cast import FIRST

    away = Area.objects.create(code="530602", name="昭阳区", kind="county", parent=cast.city,
                               valid_from=FIRST)  # fmt: skip
    Area.objects.filter(pk=away.pk).update(path=f"{cast.city.path}{away.pk}/")
    far = Unit.objects.create(kind="department", name="昭阳区住建局", short_name="昭阳住建",
                              area=away, valid_from=FIRST)  # fmt: skip
    case = cast.case_at("awaiting_dispatch")

    client = browser(cast.dispatcher)
    found = client.get(reverse("unit_choices", args=[case.number]), {"q": "住建"}).json()["units"]
    refused = client.post(page(case, "dispatch"), {"lead": far.pk})

    assert [u["name"] for u in found] == ["市住建局"]
    assert refused.status_code == 422
    assert "不在本地可选范围" in refused.content.decode()


def test_files_come_back_with_the_form_and_are_bound_in_the_end(
    cast: Cast, browser: Browser, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = cast.case_at("in_progress")
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(out, "PNG")
    photo = SimpleUploadedFile("现场.png", out.getvalue(), "image/png")
    client = browser(cast.handler)

    refused = client.post(page(case, "submit_result"), {"reply": "", "files": photo})
    (draft,) = Attachment.objects.all()
    done = client.post(
        page(case, "submit_result"),
        {"reply": "已换管", "drafts": draft.pk, "seen_version": case.version},
    )

    assert refused.status_code == 422
    assert "现场.png" in refused.content.decode()
    assert refused.context["opened"].form.drafts == [draft]
    assert done.status_code == 302
    draft.refresh_from_db()
    assert draft.subject == f"case:{case.pk}"


def test_merging_takes_a_number_or_a_near_copy(cast: Cast, browser: Browser) -> None:
    first, second = cast.report(), cast.report()
    client = browser(cast.desk)

    shown = client.get(page(second, "merge"))
    wrong = client.post(page(second, "merge"), {"into": "S00000019"})
    done = client.post(page(second, "merge"), {"into_near": first.number})

    assert first.number in dict(shown.context["opened"].form.fields["into_near"].choices)
    assert (
        "没有 S00000019 这一件" in wrong.content.decode()
        or "不是有效的编号" in wrong.content.decode()
    )
    assert done.status_code == 302
    second.refresh_from_db()
    assert (second.status, second.merged_into_id) == ("merged", first.pk)
    browser(cast.desk).post(page(second, "unmerge"), {"note": "不是一件"})
    second.refresh_from_db()
    assert (second.status, second.merged_into_id) == ("awaiting_dispatch", None)


def test_closing_a_parent_asks_about_each_child(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("awaiting_callback")
    child = cast.report("楼道积水未清", parent_id=case.pk)
    cast.act(case, "call_back", cast.callback, LOOKING, channel="phone", outcome="reached",
             resolved=True, satisfied="satisfied")  # fmt: skip
    client = browser(cast.callback)

    silent = client.post(page(case, "sign_off"), {"code": "satisfied"})
    kept = client.post(page(case, "sign_off"), {"code": "satisfied", f"child_{child.pk}": "on"})

    assert silent.status_code == 422
    assert "请确认这件下级件继续单独办理" in silent.content.decode()
    assert kept.status_code == 302
    child.refresh_from_db()
    assert child.status == "registered"


def test_an_irreversible_act_says_what_it_causes(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("awaiting_callback")

    html = browser(cast.callback).get(page(case, "sign_off")).content.decode()

    assert "销号后此件办结，30 天后复查。" in html


def test_an_unknown_action_is_not_there(cast: Cast, browser: Browser) -> None:
    case = cast.case_at("in_progress")

    assert browser(cast.handler).get(page(case, "fly")).status_code == 404
    assert browser(cast.handler).post(page(case, "answer_as_reporter")).status_code == 404


def test_in_the_inbox_the_next_row_follows_and_foreign_addresses_are_not_followed(
    cast: Cast, browser: Browser
) -> None:
    first, second = cast.case_at("awaiting_acceptance"), cast.case_at("awaiting_acceptance")
    client = browser(cast.handler)
    then = f"/work/?case={second.number}"

    answer = client.post(page(first, "accept"), {"then": then}, headers={"HX-Request": "true"})
    away = client.post(page(second, "accept"), {"then": "https://elsewhere.example/"})

    assert answer.status_code == 204
    assert f'"path": "{then}"' in answer.headers["HX-Location"]
    assert away.headers["Location"] == reverse("case_detail", args=[second.number])
