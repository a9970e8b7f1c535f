"""A checked article: verdicts from the ledgers, links confirmed and remembered, pages, and who may see."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.base.models import AuditRow
from huiyin.indicators import registry
from huiyin.indicators.rules import periods
from huiyin.indicators.services import publishing
from huiyin.org.models import Account, Person, Post, Unit
from huiyin.org.rules.grants import ActingPost
from huiyin.paperwork.models import ArticleCheck, CheckedFigure, RememberedLink
from huiyin.paperwork.services import article_checks, article_links, checking
from huiyin.paperwork.services.article_checks import By
from tests.cast import DAY, FIRST, Cast

COUNTS = json.loads(Path(__file__).with_name("query_counts.json").read_text())
AS_OF = date(2026, 11, 24)
TEXT = "今年以来，水富市受理群众诉求3件，其中投诉1件。新增停车位2000余个。"


@pytest.fixture
def town(cast: Cast) -> Cast:
    """Three reports, one of them a complaint."""
    cast.report(text="三栋一单元管道漏水", kind="help")
    cast.report(text="物业费收了不管事", kind="complaint")
    cast.report(text="怎么办理车位登记", kind="enquiry")
    return cast


def by(post: ActingPost) -> By:
    return By(post, [post], DAY)


def check(town: Cast, text: str = TEXT, post: ActingPost | None = None) -> ArticleCheck:
    return article_checks.check_article(
        text=text, title="", place=town.county, as_of=AS_OF, by=by(post or town.leader)
    )


def verdicts(made: ArticleCheck) -> list[tuple[str, str]]:
    return [(f.text, f.verdict) for f in made.figures.order_by("ordinal")]


def browser_of(post: ActingPost) -> Client:
    account, _ = Account.objects.get_or_create(
        username=f"u{post.post_id}", person_id=post.person_id,
        defaults={"password_changed_at": DAY},
    )  # fmt: skip
    client = Client()
    client.force_login(account, "huiyin.org.backends.AccountBackend")
    return client


# -- what a check says -------------------------------------------------------------------------
def test_right_figures_agree_and_what_no_ledger_knows_has_no_record(town: Cast) -> None:
    made = check(town)

    assert verdicts(made) == [
        ("3件", "agrees"), ("1件", "agrees"), ("2000余个", "no_record"),
    ]  # fmt: skip


def test_a_wrong_figure_differs_and_says_by_how_much(town: Cast) -> None:
    made = check(town, "今年以来，水富市受理群众诉求5件。")

    figure = made.figures.get()
    assert (figure.verdict, figure.computed) == ("differs", 3)
    assert figure.reason == "水富市 2026年1月1日至2026年11月24日：台账为 3件，文中多 2件"


def test_a_share_says_from_which_numbers_it_comes(town: Cast) -> None:
    made = check(town, "今年以来，水富市受理群众诉求3件，投诉占33.3%。")

    share = made.figures.get(ordinal=1)
    assert share.verdict == "agrees"
    assert [(e["code"], e["by"], e["value"]) for e in share.evidence] == [
        ("reports_received", "kind:complaint", "1"), ("reports_received", "", "3"),
    ]  # fmt: skip


def test_a_figure_of_another_place_is_held_against_that_place(town: Cast) -> None:
    made = check(town, "云富街道受理诉求3件，团结路社区受理诉求2件。")

    assert verdicts(made) == [("3件", "agrees"), ("2件", "differs")]


def test_what_the_post_may_not_see_has_no_record(town: Cast) -> None:
    """The leader of one subdistrict learns nothing of the county."""
    street_leader = _post("曹主任", town.street, town.subdistrict, "leader")

    made = article_checks.check_article(
        text="水富市受理诉求3件，云富街道受理诉求3件。", title="", place=town.county, as_of=AS_OF,
        by=by(street_leader),
    )  # fmt: skip

    assert verdicts(made) == [("3件", "no_record"), ("3件", "agrees")]


def test_a_number_beyond_the_post_is_held_against_what_was_published(town: Cast) -> None:
    """The leader may not open 双报到, but the figure that was published of it is no secret."""
    statistician = _post("卫统计", town.centre, town.county, "statistician")
    indicator, period = registry.get("dual_registered"), periods.parse("@2026-11-24")
    publishing.publish(
        indicator, area=town.county, unit=None, period=period, by=None, purpose="月报",
        post=statistician, at=DAY,
    )  # fmt: skip

    made = check(town, "在册双报到党员5名。")

    figure = made.figures.get()
    assert (figure.verdict, figure.computed) == ("differs", 0)
    assert "2026年9月30日发布" in figure.reason
    page = browser_of(town.leader).get(f"/work/articles/{made.pk}/").content.decode()
    assert "已发布的数" in page and "/data/dual_registered/" not in page


def test_an_empty_and_a_long_text_are_refused_with_what_to_do(town: Cast) -> None:
    with pytest.raises(checking.UnfitArticle, match="没有文字"):
        check(town, " \n ")
    with pytest.raises(checking.UnfitArticle, match="30,000"):
        check(town, "长" * 30_001)


def test_each_check_stands_in_the_audit_without_the_text(town: Cast) -> None:
    made = check(town)

    row = AuditRow.objects.get(action="figures_checked")
    assert (row.subject, row.reason) == (f"article:{made.pk}", "核对 3 个数")


# -- links that a person confirms or changes ---------------------------------------------------
def test_a_chosen_link_is_remembered_for_the_same_words(town: Cast) -> None:
    made = check(town, "办理群众来电来信3件。")
    figure = made.figures.get()
    assert figure.verdict == "no_record"

    article_checks.choose(figure=figure, choice="reports_received", by=by(town.leader))

    figure.refresh_from_db()
    assert (figure.verdict, figure.indicator, figure.chosen) == (
        "agrees", "reports_received", "reports_received",
    )  # fmt: skip
    assert RememberedLink.objects.get().chosen_by_id == town.leader.person_id
    again = check(town, "办理群众来电来信5件。")
    assert verdicts(again) == [("5件", "differs")]


def test_that_a_figure_is_no_number_of_ours_is_remembered_too(town: Cast) -> None:
    made = check(town, "受理诉求5件。")

    article_checks.choose(figure=made.figures.get(), choice="none", by=by(town.leader))

    assert verdicts(check(town, "受理诉求5件。")) == [("5件", "no_record")]


def test_a_confirmed_link_stays_confirmed_when_checked_again(town: Cast) -> None:
    made = check(town)
    article_checks.choose(figure=made.figures.get(ordinal=0), choice="", by=by(town.leader))

    article_checks.check_again(check=made, by=by(town.leader))

    assert made.figures.get(ordinal=0).confirmed_by_id == town.leader.person_id
    assert made.figures.get(ordinal=1).confirmed_at is None


def test_checking_again_sees_what_was_entered_since(town: Cast) -> None:
    made = check(town, "今年以来，受理诉求4件。")
    assert verdicts(made) == [("4件", "differs")]
    town.report(text="小区路灯不亮")

    article_checks.check_again(check=made, by=by(town.leader))

    assert verdicts(made) == [("4件", "agrees")]


def test_nobody_chooses_a_number_that_the_post_may_not_see(town: Cast) -> None:
    made = check(town)

    with pytest.raises(article_checks.NoSuchChoice, match="看不到"):
        article_checks.choose(
            figure=made.figures.get(ordinal=2), choice="dual_registered", by=by(town.leader)
        )


def test_the_text_is_cleared_when_its_time_is_over_and_the_figures_stay(town: Cast) -> None:
    made = check(town)

    assert article_checks.clear_expired(at=DAY + timedelta(days=179)) == 0
    assert article_checks.clear_expired(at=DAY + timedelta(days=181)) == 1

    made.refresh_from_db()
    assert (made.text, made.figures.count()) == ("", 3)
    with pytest.raises(checking.UnfitArticle, match="到期清除"):
        article_checks.check_again(check=made, by=by(town.leader))


def test_links_to_numbers_that_are_gone_are_forgotten(town: Cast) -> None:
    RememberedLink.objects.create(
        key="旧词", unit_word="件", indicator="no_longer", chosen_at=DAY,
        chosen_by_id=town.leader.person_id,
    )  # fmt: skip

    assert article_links.choices() == {}


# -- pages ---------------------------------------------------------------------------------------
def test_an_article_is_pasted_checked_and_printed(town: Cast) -> None:
    browser = browser_of(town.leader)

    answer: Any = browser.post("/work/articles/new/", {
        "text": TEXT, "place": town.county.code, "as_of": "2026-11-24",
    }, follow=True)  # fmt: skip

    page = answer.content.decode()
    assert "1 ＝相符" in page and "3 －无台账" in page
    assert "/data/reports_received/?place=530681000000" in page
    number = ArticleCheck.objects.get().pk
    sheet = browser.get(f"/work/articles/{number}/sheet/").content.decode()
    assert "核对单" in sheet and "核对人：" in sheet


def test_a_word_file_is_read_paragraph_by_paragraph(town: Cast) -> None:
    document, data = docx.Document(), io.BytesIO()
    document.add_paragraph("工作通讯")
    document.add_paragraph("今年以来，受理诉求3件。")
    document.save(data)
    file = SimpleUploadedFile("通讯.docx", data.getvalue())

    browser_of(town.leader).post("/work/articles/new/", {
        "file": file, "place": town.county.code, "as_of": "2026-11-24",
    })  # fmt: skip

    made = ArticleCheck.objects.get()
    assert (made.title, verdicts(made)) == ("工作通讯", [("3件", "agrees")])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("稿.doc", b"x", "另存为 .docx"),
        ("稿.pdf", b"x", "只能读 .txt 和 .docx"),
        ("稿.docx", b"not a zip", "打不开这个 .docx"),
        ("稿.txt", b"\x00\x01\x02\xff", "不是文字"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    town: Cast, name: str, data: bytes, said: str
) -> None:
    answer: Any = browser_of(town.leader).post("/work/articles/new/", {
        "file": SimpleUploadedFile(name, data), "place": town.county.code, "as_of": "2026-11-24",
        "title": "留着的标题",
    })  # fmt: skip

    page = answer.content.decode()
    assert said in page and "留着的标题" in page


def test_too_long_a_text_is_refused_and_stays_in_the_box(town: Cast) -> None:
    answer: Any = browser_of(town.leader).post("/work/articles/new/", {
        "text": "长" * 30_001, "place": town.county.code, "as_of": "2026-11-24",
    })  # fmt: skip

    page = answer.content.decode()
    assert "一次最多 30,000 字" in page and "长" * 30_001 in page


def test_a_link_is_changed_on_a_page_of_its_own(town: Cast) -> None:
    made = check(town, "办理群众来电来信3件。")

    answer: Any = browser_of(town.leader).post(
        f"/work/articles/{made.pk}/figures/1/", {"choice": "other", "other": "reports_received"}
    )

    assert answer["Location"] == f"/work/articles/{made.pk}/#e1"
    assert verdicts(made) == [("3件", "agrees")]


def test_another_choice_without_a_number_says_what_to_do(town: Cast) -> None:
    made = check(town)

    answer: Any = browser_of(town.leader).post(
        f"/work/articles/{made.pk}/figures/1/", {"choice": "other", "other": ""}
    )

    assert "请在列表里选一个指标" in answer.content.decode()


def test_another_units_check_is_not_there(town: Cast) -> None:
    made = check(town)
    stranger = _post("曹主任", town.street, town.subdistrict, "leader")
    browser = browser_of(stranger)

    assert browser.get(f"/work/articles/{made.pk}/").status_code == 404
    assert browser.post(f"/work/articles/{made.pk}/again/").status_code == 404
    assert made.title not in browser.get("/work/articles/").content.decode()


def test_who_may_not_check_articles_is_told_why(town: Cast) -> None:
    answer: Any = browser_of(town.handler).get("/work/articles/")

    assert answer.status_code == 403
    assert "核对稿件数据" in answer.content.decode()


def test_a_colleague_sees_nothing_of_numbers_beyond_the_own_post(town: Cast) -> None:
    """The statistician sees 双报到, the leader does not: the same check shows it to one alone."""
    statistician = _post("卫统计", town.centre, town.county, "statistician")
    made = check(town, "在册双报到党员5名。", statistician)
    assert verdicts(made) == [("5名", "differs")]

    theirs = browser_of(statistician).get(f"/work/articles/{made.pk}/").content.decode()
    mine = browser_of(town.leader).get(f"/work/articles/{made.pk}/").content.decode()

    assert "台账为 0名" in theirs
    assert "台账为" not in mine and "按岗位不显示" in mine


def test_the_list_asks_as_often_as_recorded_however_long_it_is(town: Cast) -> None:
    browser = browser_of(town.leader)
    browser.get("/work/articles/")

    asked = []
    for number in (1, 40):
        for _ in range(number):
            ArticleCheck.objects.create(
                title="稿", text="稿", place=town.county, as_of=AS_OF, unit=town.centre,
                person_id=town.leader.person_id, post_id=town.leader.post_id, made_at=DAY,
                checked_at=DAY,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert browser.get("/work/articles/").status_code == 200
        asked.append(len(queries))

    assert asked == [COUNTS["article_list"]] * 2


def test_a_figure_is_numbered_once(town: Cast) -> None:
    made = check(town)
    first = made.figures.get(ordinal=0)

    first.pk = None
    with pytest.raises(Exception, match="figures_of_an_article_are_numbered"):
        CheckedFigure.objects.bulk_create([first])


def _post(name: str, unit: Unit, area: Any, role: str) -> ActingPost:
    person = Person.objects.create(name=name)
    post = Post.objects.create(person=person, unit=unit, area=area, role=role, valid_from=FIRST)
    return ActingPost(
        post_id=post.pk, person_id=person.pk, person_name=name, unit_id=unit.pk,
        unit_kind=unit.kind, unit_name=unit.short_name, area_id=area.pk, role=role,
    )  # fmt: skip
