"""Chat text is cut into what each person said, and nothing is guessed."""

from __future__ import annotations

from datetime import date

from huiyin.intake.rules import pasted
from tests.cast import at

TODAY = date(2026, 9, 30)


def said(text: str) -> list[tuple[str, str]]:
    return [(m.name, m.text) for m in pasted.split(text, today=TODAY).messages]


def test_a_line_with_name_and_time_begins_a_message() -> None:
    text = "甲居民 2026/9/29 19:05\n三栋楼道灯坏了\n乙居民 2026年9月29日 20:10\n没人清运垃圾"

    messages = pasted.split(text, today=TODAY).messages

    assert [(m.name, m.at, m.text) for m in messages] == [
        ("甲居民", at("2026-09-29 19:05"), "三栋楼道灯坏了"),
        ("乙居民", at("2026-09-29 20:10"), "没人清运垃圾"),
    ]


def test_the_time_may_stand_before_the_name_and_a_number_behind_it() -> None:
    messages = pasted.split("2026-09-29 19:05:33 甲居民(12345678)\n灯坏了", today=TODAY).messages

    assert [(m.name, m.at, m.text) for m in messages] == [
        ("甲居民", at("2026-09-29 19:05"), "灯坏了")
    ]


def test_a_line_of_dashes_gives_the_day_of_the_times_below() -> None:
    text = "—————  2026-09-28  —————\n\n甲居民  14:05\n\n水管爆了没人管\n"

    assert pasted.split(text, today=TODAY).messages[0].at == at("2026-09-28 14:05")


def test_words_for_days_and_halves_of_the_day_are_read() -> None:
    text = "甲居民 昨天 下午3:20\n电梯又停了\n乙居民 9:05\n还没来电"

    assert [m.at for m in pasted.split(text, today=TODAY).messages] == [
        at("2026-09-29 15:20"), at("2026-09-29 09:05"),
    ]  # fmt: skip


def test_a_day_that_is_still_to_come_was_last_year() -> None:
    messages = pasted.split("甲居民 12月3日 8:00\n路面结冰", today=TODAY).messages

    assert messages[0].at == at("2025-12-03 08:00")


def test_messages_of_one_person_within_minutes_are_one_piece() -> None:
    text = "甲居民 19:05\n灯坏了\n甲居民 19:08\n一个星期了\n甲居民 19:30\n还有垃圾没清"

    assert said(text) == [("甲居民", "灯坏了\n一个星期了"), ("甲居民", "还有垃圾没清")]


def test_names_before_a_colon_are_messages_when_two_are_there() -> None:
    assert said("甲居民：水管爆了\n乙居民:\n我家也没水") == [
        ("甲居民", "水管爆了"), ("乙居民", "我家也没水"),
    ]  # fmt: skip


def test_words_of_a_form_before_a_colon_are_nobodys_names() -> None:
    text = "地点：新天地三栋\n诉求：路灯坏了\n联系电话：不留"

    assert said(text) == [("", text)]


def test_text_without_any_form_is_one_message() -> None:
    assert said("三栋路灯坏了，晚上看不见") == [("", "三栋路灯坏了，晚上看不见")]


def test_pictures_and_notices_of_the_program_are_counted_not_listed() -> None:
    found = pasted.split("甲居民 19:05\n[图片]\n乙居民 19:06\n灯坏了[语音]", today=TODAY)

    assert [(m.name, m.text) for m in found.messages] == [("乙居民", "灯坏了")]
    assert found.pictures == 1


def test_short_answers_are_listed_but_are_no_matter() -> None:
    messages = pasted.split(
        "甲居民 19:05\n收到，谢谢\n乙居民 19:40\n电梯停了两天了", today=TODAY
    ).messages

    assert [m.likely for m in messages] == [False, True]


def test_more_than_can_be_looked_at_is_cut_and_said() -> None:
    lines = "\n".join(f"居民{n} 9:{n % 60:02d}\n第{n}件事情请处理" for n in range(120))

    found = pasted.split(lines, today=TODAY)

    assert (len(found.messages), found.cut) == (pasted.MOST, True)
