"""What units do, in the words of the dispatch catalogue: keys that org.Unit.function carries."""

from __future__ import annotations

FUNCTIONS: dict[str, str] = {
    "housing": "住建",
    "enforcement": "综合执法",
    "police": "公安",
    "traffic_police": "交警",
    "fire": "消防",
    "land": "自然资源",
    "market": "市场监管",
    "environment": "生态环境",
    "justice": "司法",
    "resettlement": "搬迁安置",
    "civil_affairs": "民政",
    "water": "供水",
    "power": "供电",
    "gas": "燃气",
    "labour": "人社",
    "insurance": "医保",
    "education": "教育",
    "health": "卫健",
    "transport": "交通运输",
    "agriculture": "农业农村",
    "locality": "街道（乡镇）",
    "firm": "物业",
    "service_team": "社区服务队",
    "community": "社区",
}

#: Functions that only ever support 协助 (practice.md §0.9): the subdistrict leads for them.
NEVER_LEAD = frozenset({"community"})

#: Done by whoever serves a compound: one that serves others is nobody's neighbour here.
OF_A_COMPOUND = frozenset({"firm", "service_team"})

_BY_WORD = {label: key for key, label in FUNCTIONS.items()} | {
    "街道": "locality",
    "镇街": "locality",
    "属地": "locality",
    "物业企业": "firm",
    "城管": "enforcement",
    "派出所": "police",
    "移民": "resettlement",
}


def function_key(word: str) -> str:
    """The key of a function given by key or by its word: '住建' and 'housing' are the same."""
    return _BY_WORD.get(word.strip(), word.strip())


def function_label(key: str) -> str:
    """The word of the screen; a function that a city added itself is its own word."""
    return FUNCTIONS.get(key, key)
