"""Personal data inside free text: where phones, ID numbers, bank cards and e-mails stand.

Residents write numbers as they like: full-width digits, spaces, dashes, in groups, in Chinese
numerals. Names and addresses in running text are not found: no rule finds them without finding
half of the text, which is why report text is closed to the public as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from huiyin.base.rules.identifiers import is_bank_card, looks_like_id_number

Kind = Literal["mobile", "landline", "id_number", "bank_card", "email"]

KIND_WORDS: dict[str, str] = {
    "mobile": "手机号",
    "landline": "座机号",
    "id_number": "身份证号",
    "bank_card": "银行卡号",
    "email": "电子邮箱",
}


class UnreadablePhone(ValueError):
    """Not a phone number. The message does not repeat what was typed: it may end in a log."""

    def __init__(self) -> None:
        super().__init__("电话号码看不懂：请填 11 位手机号，或带区号的座机，如 0870-2123456")


@dataclass(frozen=True, slots=True)
class Span:
    """Personal data at text[start:end] (code points). `value` is its normal form."""

    start: int
    end: int
    kind: Kind
    value: str = field(repr=False)


_PLAIN = str.maketrans(
    {
        **{chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F) if chr(code).isalnum()},
        **{chr(0x1D7CE + n): str(n % 10) for n in range(50)},  # mathematical digits of chat fonts
        "\uff20": "@",
        "\uff0b": "+",
    }
)
"""One character for one character, so that positions stay those of the text as given."""
_NUMERALS = str.maketrans("〇○零幺一二三四五六七八九壹贰叁肆伍陆柒捌玖", "0001123456789123456789")

_WIDE = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff20\uff0b\U0001d7ce-\U0001d7ff]")
_GAP = r"[ \t\u00a0\u3000\u200b-\u200d\ufeff\-\u2010-\u2015\uff0d.\uff0e\u00b7\u30fb]"
_NUMERAL = r"[\d〇○零幺一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_SPELLED = re.compile(rf"{_NUMERAL}(?:{_GAP}?{_NUMERAL}){{7}}")
_MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{_GAP}{{0,2}})?(1{_GAP}{{0,2}}[3-9](?:{_GAP}{{0,2}}\d){{9}})(?!\d)(?![元万亿])"
)
_AREA = r"0(?:10|2\d|[3-9]\d\d)"
_LANDLINE = re.compile(
    rf"(?<!\d)(?:[(\uff08]({_AREA})[)\uff09]|({_AREA})){_GAP}{{0,2}}([2-9]\d{{2,3}}{_GAP}?\d{{4}})"
    rf"(?:\s?[转\-\u2014]\s?\d{{1,5}})?(?!\d)"
)
_LOCAL_LINE = re.compile(rf"(?<!\d)([2-9]\d{{2,3}}{_GAP}?\d{{4}})(?!\d)")
_PHONE_WORD = re.compile(r"(?:电话|座机|手机|号码|致电|拨打|联系|[Tt][Ee][Ll])[^\d\n]{0,6}$")
_ID = re.compile(rf"(?<!\d)([1-9](?:{_GAP}{{0,2}}\d){{16}}{_GAP}{{0,2}}[\dXx])(?![\dA-Za-z])")
_OLD_ID = re.compile(r"(?<!\d)([1-9]\d{14})(?!\d)")
_CARD = re.compile(rf"(?<!\d)([3-69]\d{{3}}(?:{_GAP}?\d{{4}}){{3}}(?:{_GAP}?\d{{1,3}})?)(?!\d)")
_RUN = re.compile(rf"\d(?:[)\uff09]?{_GAP}{{0,2}}\d){{6}}")
"""Seven digits in a row: without them there is no number, and most texts are done (10 µs)."""
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+")


def find_personal(text: str) -> list[Span]:
    """All phones, ID numbers, bank cards and e-mail addresses of the text, in order, not
    overlapping; where two readings compete the longer kind (ID before card before phone) holds.
    """
    plain = text.translate(_PLAIN) if _WIDE.search(text) else text
    found = [*_in_digits(plain)]
    if _SPELLED.search(plain):
        spelled = plain.translate(_NUMERALS)
        found += [
            span
            for span in _in_digits(spelled)
            if plain[span.start : span.end] != spelled[span.start : span.end]
        ]
    if "@" in plain:
        found += [Span(m.start(), m.end(), "email", m.group()) for m in _EMAIL.finditer(plain)]
    chosen: list[Span] = []
    for span in found:  # in the order of precedence
        if all(span.end <= other.start or span.start >= other.end for other in chosen):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.start)


def phones_in(text: str) -> list[str]:
    """The phone numbers in a cell or text, in normal form, each once, in order."""
    numbers = (s.value for s in find_personal(text) if s.kind in ("mobile", "landline"))
    return list(dict.fromkeys(numbers))


def normalise_phone(raw: str, *, area_code: str = "") -> str:
    """The digits by which a phone is looked up: '13800001234', '08702123456', '4001234567'.

    Country code 86, gaps and an extension go. A landline without area code needs `area_code`
    (the city's own, '0870'). Raises UnreadablePhone.
    """
    plain = raw.translate(_PLAIN).strip()
    plain = re.sub(
        r"(?<=\d{4})\s*(?:转|-|\u2014|[Ee][Xx][Tt]\.?)\s*\d{1,5}$", _keep_last_group, plain
    )
    digits = re.sub(rf"{_GAP}|[()\uff08\uff09\s]", "", plain)
    digits = re.sub(r"^(?:\+|00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$)", "", digits)
    if re.fullmatch(
        r"1[3-9]\d{9}|0(?:10|2\d)[2-9]\d{7}|0[3-9]\d\d[2-9]\d{6,7}|[48]00\d{7}", digits
    ):
        return digits
    if area_code and re.fullmatch(r"[2-9]\d{6,7}", digits):
        return area_code + digits
    raise UnreadablePhone


def phone_tail(raw: str) -> str:
    """The last four digits, with which a resident follows a report. Raises UnreadablePhone."""
    return normalise_phone(raw)[-4:]


def _keep_last_group(match: re.Match[str]) -> str:
    """A dash before four digits is a group (138-0000-1234), anything else is an extension."""
    text = match.group()
    digits = re.sub(r"\D", "", text)
    return text if "转" not in text and len(digits) == 4 else ""


def _in_digits(text: str) -> Iterator[Span]:
    """Spans by precedence; one place may be yielded under several kinds."""
    if not _RUN.search(text):
        return
    for pattern in (_ID, _OLD_ID):
        for match in pattern.finditer(text):
            value = re.sub(_GAP, "", match[1]).upper()
            if looks_like_id_number(value) and _in_plausible_groups(match[1]):
                yield Span(match.start(1), match.end(1), "id_number", value)
    for match in _CARD.finditer(text):
        value = re.sub(_GAP, "", match[1])
        if is_bank_card(value):
            yield Span(match.start(1), match.end(1), "bank_card", value)
    for match in _MOBILE.finditer(text):
        if _in_plausible_groups(match[1]):
            yield Span(match.start(), match.end(), "mobile", re.sub(_GAP, "", match[1]))
    for match in _LANDLINE.finditer(text):
        value = (match[1] or match[2]) + re.sub(_GAP, "", match[3])
        yield Span(match.start(), match.end(), "landline", value)
    for match in _LOCAL_LINE.finditer(text):
        if _PHONE_WORD.search(text[max(0, match.start() - 10) : match.start()]):
            yield Span(match.start(), match.end(), "landline", re.sub(_GAP, "", match[1]))


def _in_plausible_groups(written: str) -> bool:
    """138 0000 1234 and 1 3 8 0 … are numbers; '15 30 45 60 75 9' is a column of figures."""
    lengths = [len(group) for group in re.split(rf"{_GAP}+", written)]
    if len(lengths) == 1 or set(lengths) == {1}:
        return True
    return lengths[0] >= 3 and min(lengths[:-1]) >= 2 and len(lengths) <= 6
