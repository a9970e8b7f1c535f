"""What the caller hears at the end."""

from __future__ import annotations

from huiyin.intake.rules import read_aloud
from huiyin.intake.rules.read_aloud import Situation, sentences

NUMBER = "S000 0123-4"


def test_an_admitted_report_promises_contact_and_answer() -> None:
    said = sentences(Situation(read_aloud.FILED, NUMBER, contact_within="24 小时",
                               handle_within="5 个工作日"))  # fmt: skip

    assert said == [
        "您反映的事已经登记，编号 S000 0123-4。接下来确定由哪个单位办。",
        "派出后 24 小时内有人联系您，5 个工作日内答复。",
        "办好以后，另外有人问您解决了没有。",
        "查进度用编号和手机号后四位。",
    ]


def test_who_is_confidential_is_told_that_nobody_learns_the_name() -> None:
    said = sentences(Situation(read_aloud.FILED, NUMBER, choice="confidential",
                               contact_within="24 小时"))  # fmt: skip

    assert "不会告诉承办单位是谁反映的，有事由我们联系您。" in said
    assert not any("有人联系您" in s for s in said)


def test_relay_means_that_we_pass_the_words_on() -> None:
    said = sentences(Situation(read_aloud.FILED, NUMBER, choice="relay", contact_within="24 小时"))

    assert "派出后 24 小时内由我们把话转告您。" in said


def test_a_caller_without_phone_hears_the_code() -> None:
    said = sentences(Situation(read_aloud.FILED, NUMBER, code="482 913", has_phone=False))

    assert said[-1] == "查进度用编号和查询码 482 913，请记一下。"


def test_a_dispatched_report_names_the_unit_and_the_day() -> None:
    said = sentences(Situation(read_aloud.DISPATCHED, NUMBER, unit="水富市住房和城乡建设局",
                               contact_within="24 小时", handle_by="10月13日（周二）前"))  # fmt: skip

    assert said[0].endswith("现在就交给了水富市住房和城乡建设局。")
    assert said[1] == "24 小时内有人联系您，10月13日（周二）前答复。"


def test_an_accusation_hears_where_to_go_and_nothing_else() -> None:
    said = sentences(Situation(read_aloud.WITHHELD, NUMBER))

    assert "12388" in said[0]
    assert "12380" in said[0]
    assert "不会交给任何承办单位" in said[1]
    assert not any(NUMBER in s for s in said)


def test_danger_comes_first() -> None:
    said = sentences(Situation(read_aloud.FILED, NUMBER, calls=("119", "120")))

    assert said[0] == "危险还在的话，请现在就打 119、120。"


def test_reported_for_somebody_else_that_person_is_asked() -> None:
    said = sentences(Situation(read_aloud.FILED, NUMBER, for_somebody=True))

    assert "办好以后，另外有人问他本人解决了没有。" in said
