"""Names of places and units: the pinyin key they are sorted and found by, and official long forms.

Chinese is never sorted by a collation (the embedded server has none for it): it is sorted by this
stored key.
"""

from __future__ import annotations

import re

from pypinyin import lazy_pinyin

KEY_LENGTH = 200
"""Length of the pinyin columns; a longer key is cut, which only blurs the order of very long names."""

#: Endings of the official division list, longest first, and what the screen says instead.
_OFFICIAL = (
    ("社区居民委员会", "社区"),
    ("社区居委会", "社区"),
    ("村民委员会", "村"),
    ("村委会", "村"),
    ("居民委员会", "社区"),
    ("居委会", "社区"),
)

#: What a name may leave off when somebody types it, by kind of area.
_SHORTER = ("街道办事处", "街道", "社区", "村", "镇", "乡", "市", "区", "县")


def pinyin_key(name: str) -> str:
    """'新天地小区' → 'xintiandixiaoqu xtdxq': whole syllables, then initials; lower case ASCII.

    Digits and Latin letters stay as they are. At most 200 characters.
    """
    syllables = [s for part in lazy_pinyin(name) if (s := re.sub(r"[^a-z0-9]", "", part.lower()))]
    whole = "".join(syllables)
    initials = "".join(s if s.isdigit() else s[0] for s in syllables)
    return f"{whole} {initials}"[:KEY_LENGTH] if whole else ""


def is_pinyin_query(text: str) -> bool:
    """Whether somebody types letters (initials or syllables) and not Chinese."""
    return re.fullmatch(r"[A-Za-z0-9 ']+", text) is not None


def short_division_name(official: str) -> str:
    """'团结路社区居民委员会' → '团结路社区', '安阁村民委员会' → '安阁村': as people say and type it."""
    for ending, said in _OFFICIAL:
        if official.endswith(ending):
            stem = official.removesuffix(ending)
            return stem if stem.endswith(said) else stem + said
    return official.removesuffix("办事处") if official.endswith("街道办事处") else official


def bare_name(name: str) -> str:
    """The name without its kind: '水富市' → '水富', '团结路社区' → '团结路'; '城区' stays whole."""
    for ending in _SHORTER:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name


def unpadded_code(code: str) -> str:
    """'530681001000' → '530681001', '530600000000' → '530600'; other codes as they are.

    12 digits = 6 county + 3 town + 3 village (practice.md §8.5); lists pad the shorter ones.
    """
    if len(code) == 12 and code.isdigit() and code.endswith("000"):
        return code[:6] if code.endswith("000000") else code[:9]
    return code
