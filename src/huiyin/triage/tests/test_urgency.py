"""How urgent a report sounds."""

from __future__ import annotations

import pytest

from huiyin.triage.rules.urgency import urgency_of


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("三楼着火了", "life"),
        ("两个人被困在电梯里", "life"),
        ("水管爆管，楼道进水", "life"),
        ("外墙瓷砖往下掉下来砸到车", "life"),
        ("路口井盖不见了", "life"),
        ("小区停水两天了", "utility"),
        ("整栋楼停电。", "utility"),
        ("水压太小，放不出水", "utility"),
        ("暖气不热", "utility"),
        ("广场舞扰民", "normal"),
        ("停水费怎么算", "normal"),
        ("天然气什么时候开通", "normal"),
        ("去年停电过一次", "normal"),
        ("担心外墙砸到人", "normal"),
        ("消防通道被占", "normal"),
        ("", "normal"),
    ],
)
def test_urgency_is_life_utility_or_normal(text: str, level: str) -> None:
    assert urgency_of(text).level == level


def test_urgency_names_the_words_that_say_so() -> None:
    urgency = urgency_of("三楼着火了，有人被困")

    assert urgency.words == ("着火", "被困")
    assert urgency.label == "危及生命财产"


def test_a_long_letter_is_not_urgent_by_its_words() -> None:
    assert (
        urgency_of("停水了。" + "以下是我们小区多年来反映的各项情况说明材料。" * 10).level
        == "normal"
    )
