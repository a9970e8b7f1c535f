"""What the resident reads and chooses, in words of the street (visual.md: no term of office)."""

from __future__ import annotations

from huiyin.cases.rules import words as w

#: kind → (what it is in one breath, an example).
KINDS = {
    "help": ("求助、报修", "停水、漏水、路灯不亮"),
    "complaint": ("投诉", "物业不管、噪音扰民"),
    "accusation": ("举报违法违规", "拆承重墙、占消防通道"),
    "suggestion": ("提建议", "加路灯、装充电桩"),
    "enquiry": ("问一件事", "怎么办、找谁办"),
}

#: What happens to the resident's contact by default (issue 3 “What daily work decides”).
DEFAULT_CHOICE = {
    "help": "direct",
    "enquiry": "direct",
    "suggestion": "direct",
    "complaint": "relay",
    "accusation": "confidential",
}
UNSURE_CHOICE = "relay"
CHOICES = {
    "direct": ("可直接联系我", "办这件事的单位能看到您的姓名、电话和门牌；办完就看不到了"),
    "relay": ("只经热线或社区转接", "办事的单位看不到您是谁，有话由热线或社区带到"),
    "confidential": (
        "保密",
        "只有热线的受理和回访人员能看到；社区、街道和承办单位都看不到是谁反映的",
    ),
}
assert set(KINDS) == set(w.KINDS) == set(DEFAULT_CHOICE)
assert set(CHOICES) == set(w.CONTACT_CHOICES)

VOICE_TEXT = "（语音，待听写）"
SAME_PROBLEM_TEXT = "（同一个问题，加上我的声音）"
#: What a resident wrote whom it is about, for the desk to find the unit.
ABOUT_TEXT = "（反映的单位：{name}）"
#: A village or block outside every compound.
NO_COMPOUND = "不在小区里"


def choice_of(kind: str, chosen: str) -> str:
    """The contact choice that holds: the resident's own, else the one that fits the kind."""
    return chosen or DEFAULT_CHOICE[kind]


def choice_when_unsure(chosen: str) -> str:
    """The same where nobody knows the kind: it may be a complaint, so nobody is named to the unit."""
    return chosen or UNSURE_CHOICE


def same_matter(category: str, other: str) -> bool:
    """Whether two categories speak of one matter: the same, or the same down to the second level
    (codes of two digits each: 010203 and 0102 are, 010203 and 0103 are not)."""
    numbered = category.isdigit() and other.isdigit() and min(len(category), len(other)) >= 4
    return category == other or (numbered and category[:4] == other[:4])
