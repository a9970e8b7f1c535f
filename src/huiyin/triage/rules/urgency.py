"""How urgent a report sounds: life, utility or normal, with the words that say so.

The three levels are those of the deadlines (practice.md §1.4: life and property 2 h, water, power,
gas and heating 24 h). A suggestion; who receives the report decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from huiyin.triage.rules import danger_words
from huiyin.triage.rules.catalogue import LIFE, NORMAL, UTILITY

LABELS = {LIFE: "危及生命财产", UTILITY: "水电气热", NORMAL: "一般"}

# Property in danger now, beside the danger words: 爆管 and falling walls 2 h (practice.md §1.8).
_PROPERTY = re.compile(
    r"爆管|水管爆|(?:外墙|瓷砖|墙皮|墙砖|玻璃|广告牌|树)[^。！？\n，,]{0,8}(?:掉下来|砸|脱落|坠落|倒下|倒了)"
    r"|塌(?:方|陷|了)|坍塌|墙[^。！？\n，,]{0,4}倒|电线[^。！？\n，,]{0,6}(?:掉|断落|裸露)|漏电|井盖[^。！？\n，,]{0,6}(?:没了|丢|缺失|不见)"
)
_UTILITY = re.compile(
    r"(?:停|断|没有?)(?:水|电|气|暖)(?:[了，,。！？\s]|[^费表卡源]|$)|(?:水|电|气|暖气?)[^。！？\n，,]{0,3}(?:停了|断了|没了)"
    r"|水压[^。！？\n，,]{0,4}(?:低|小|不足|没)|跳闸|暖气[^。！？\n，,]{0,4}不热|用不[上了]水|放不出水"
)
# Not an outage of now: asked about, planned, long ago, or threatened as a means.
_NOT_OUTAGE = re.compile(
    r"什么时候[^。]{0,6}(?:开通|通|接)|开户|去年|前年|以前|曾经?|如果|万一|经常|每天|停水电的?方式|以停"
)


@dataclass(frozen=True, slots=True)
class Urgency:
    """`level` is a key of LABELS; `words` as written in the text."""

    level: str
    words: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return LABELS[self.level]


def urgency_of(text: str, alerts: danger_words.Alerts | None = None) -> Urgency:
    """The urgency of a text; pass `alerts` where `danger_words.scan` was called already."""
    found = danger_words.scan(text) if alerts is None else alerts
    if found.life:
        words = tuple(hit.word for hit in found.hits if hit.now and hit.numbers)
        return Urgency(LIFE, tuple(dict.fromkeys(words))[:3])
    brief = len(text) <= danger_words.SHORT
    property_words = _now(text, _PROPERTY, danger_words.NOT_NOW)
    if brief and property_words:
        return Urgency(LIFE, property_words)
    outage = _now(text, _UTILITY, _NOT_OUTAGE)
    if brief and outage:
        return Urgency(UTILITY, outage)
    return Urgency(NORMAL)


def _now(text: str, pattern: re.Pattern[str], unless: re.Pattern[str]) -> tuple[str, ...]:
    """Finds whose sentence does not speak of another time."""
    words = []
    for sentence in re.split(r"[。！？!?；;\n]", text):
        if not unless.search(sentence):
            words += [found[0].strip("，,。！？ ") for found in pattern.finditer(sentence)]
    return tuple(dict.fromkeys(words))[:3]
