"""From source/*.txt (prose of the author, figures marked) to text/ and truth/.

A marked figure is `[[words|what|period|key=value …]]`. Right numbers are not typed: a placeholder in
the words ({n} digits, {c} Chinese numerals, {p1} one decimal, {y2} two leading digits …) is filled
from facts.py. `python -m tests.articles.compose` writes everything anew; README.md tells the rest.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.articles import facts, reading

HERE = Path(__file__).parent
PLACES = {
    "ZT": "530600", "SF": "530681", "YF": "530681001", "XJB": "530681101",
    "RML": "530681001002", "TJL": "530681001004", "AJ": "530681001007", "YX": "530681101001",
    "ZY": "530602", "FH": "530602001", "LQ": "530602002", "TP": "530602003",
    "TJZ": "530602001002", "CYJ": "530602002008", "XFX": "530602003014",
    "LD": "530621", "WP": "530621001", "YC": "530621002",
    "WCG": "530621001002", "MJW": "530621002007",
}  # fmt: skip
PERIODS = {
    "ytd": "2025-01-01/2025-06-30", "all": "@2025-06-30", "2y": "2023-07-01/2025-06-30",
    "lytd": "2024-01-01/2024-06-30",
}  # fmt: skip
MARK = re.compile(r"\[\[(.+?)\]\]", re.S)
ORDER = "零一二三四五六七八九"


@dataclass
class Figure:
    """One marked figure on its way to the truth file."""

    words: str
    what: str
    period: str | None
    place: str | None
    keys: dict[str, str]
    number: int = 0
    start: int = 0
    end: int = 0
    text: str = ""
    terms: list[str] = field(default_factory=list)
    sum_of: list[int] = field(default_factory=list)


def numeral(number: int) -> str:
    """85 → 八十五 (below ten thousand); 2 alone is 两, as people count."""
    if number == 2:
        return "两"
    words, zero = "", False
    for size, letter in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            words += ("零" if zero and words else "") + ORDER[digit] + letter
        zero = not digit
    return words.removeprefix("一") if words.startswith("一十") else words


def term(spec: str, period: str | None, place: str | None, by: str = "") -> str:
    """`code,period,place,by` with what is left out filled in → `code|place|period|by`."""
    parts = [*spec.split(","), "", "", ""]
    when = PERIODS.get(parts[1], parts[1]) or period or ""
    where = PLACES.get(parts[2], parts[2]) or place or ""
    return "|".join([parts[0], where, when, parts[3] or by])


def of_term(text: str, printed: dict[int, Fraction] | None = None) -> Fraction:
    """The number behind one term: an indicator, a figure of the same article (#3) or a plain number."""
    if text.startswith("#"):
        return (printed or {})[int(text[1:])]
    if "|" not in text:
        return Fraction(text)
    code, place, period, by = text.split("|")
    return facts.value(code, place, period, by)


def derive(kind: str, numbers: list[Fraction]) -> Fraction:
    """Share and growth in percent; a difference and a growth without their sign (the words say it)."""
    first, second = numbers[0], numbers[1] if len(numbers) > 1 else Fraction(1)
    match kind:
        case "share":
            return 100 * first / second
        case "product":
            return first * second
        case "average" | "multiple":
            return first / second
        case "difference":
            return abs(first - second)
        case "growth":
            return abs(100 * (first - second) / second)
    return sum(numbers, Fraction(0))


def _significant(number: Fraction, digits: int, up: bool) -> int:
    size = 10 ** max(0, len(str(int(number))) - digits)
    return (-(-number // size) if up else number // size) * size


def _decimal(number: Fraction, places: int) -> str:
    whole = int(reading.rounded(number, places) * 10**places)
    return f"{whole // 10**places}.{whole % 10**places:0{places}}" if places else str(whole)


def _placed(match: re.Match[str], number: Fraction) -> str:
    name, change = match[1], match[2]
    if change:
        amount = Fraction(change[1:])
        number = {"+": number + amount, "-": number - amount, "*": number * amount}[change[0]]
    plain = _decimal(number, 0)
    digits = int(name[1:] or 0)
    match name[0]:
        case "n":
            return plain
        case "f":
            return plain.translate({48 + d: 0xFF10 + d for d in range(10)})
        case "c":
            return numeral(int(plain))
        case "p":
            return _decimal(number, digits)
        case "P":
            whole, _, part = _decimal(number, digits).partition(".")
            return numeral(int(whole)) + (
                "点" + "".join(ORDER[int(d)] for d in part) if part else ""
            )
        case "y":
            return str(_significant(number, digits, up=False))
        case "Y":
            return numeral(_significant(number, digits, up=False))
        case "u":
            return str(_significant(number, digits, up=True))
        case "U":
            return numeral(_significant(number, digits, up=True))
        case "w":
            return _decimal(number / 10**4, digits)
        case "x":  # the last two digits change places
            return plain[:-2] + plain[-1] + plain[-2]
        case "m":  # the first two digits change places
            return plain[1] + plain[0] + plain[2:]
    raise ValueError(match[0])


def _figure(body: str, place: str) -> Figure:
    words, what, *rest = [*body.split("|"), ""]
    pairs = dict(part.split("=", 1) for part in rest if "=" in part)
    period = rest[0] if rest and "=" not in rest[0] else ""
    where = PLACES.get(pairs.get("p", ""), pairs.get("p", "")) or place
    return Figure(words, what, PERIODS.get(period, period) or None, where, pairs)


def _fill(figure: Figure) -> str:
    if "{" not in figure.words:
        return figure.words
    by, keys = figure.keys.get("by", ""), figure.keys
    if "from" in keys:
        number = of_term(term(keys["from"], figure.period, figure.place, by))
    elif figure.what.startswith("="):
        kind, specs = re.fullmatch(r"=(\w+)\((.*)\)", figure.what).groups()  # type: ignore[union-attr]
        terms = [_spec(spec, figure) for spec in specs.split(";")]
        number = derive(kind, [of_term(t) for t in terms])
    else:
        number = of_term(term(figure.what, figure.period, figure.place, by))
    return re.sub(r"\{(\w+)([+\-*][\d/.]+)?\}", lambda m: _placed(m, number), figure.words)


def _spec(spec: str, figure: Figure) -> str:
    if spec[0] == "@" or re.fullmatch(r"[\d/.]+", spec):
        return spec
    return term(spec, figure.period, figure.place, figure.keys.get("by", ""))


def wrap(letters: list[tuple[str, int]], width: int) -> list[tuple[str, int]]:
    """Break into newspaper lines; a run of ASCII digits stays whole, a stop does not begin a line."""
    lines: list[tuple[str, int]] = []
    column, index = 0, 0
    while index < len(letters):
        run = index + 1
        while run < len(letters) and _digit(letters[run][0]) and _digit(letters[run - 1][0]):
            run += 1
        piece = letters[index:run]
        if piece[0][0] == "\n":
            column = 0
        else:
            if column + len(piece) > width and piece[0][0] not in "，。；：、”）》！？":
                lines.append(("\n", -1))
                column = 0
            column += len(piece)
        lines += piece
        index = run
    return lines


def _digit(letter: str) -> bool:
    return letter.isascii() and (letter.isdigit() or letter in ".%/")


def compose(source: str) -> tuple[str, dict[str, str], list[Figure]]:
    """The article's text, its head (place, as_of, width, docx) and its figures with offsets."""
    top, _, body = source.partition("\n\n")
    head = dict(line.split(": ", 1) for line in top.splitlines())
    head["place"] = PLACES[head["place"]]
    letters: list[tuple[str, int]] = []
    figures: list[Figure] = []
    cursor = 0
    for match in MARK.finditer(body):
        letters += [(letter, -1) for letter in body[cursor : match.start()]]
        figure = _figure(match[1], head["place"])
        letters += [(letter, len(figures)) for letter in _fill(figure)]
        figures.append(figure)
        cursor = match.end()
    letters += [(letter, -1) for letter in body[cursor:]]
    if "width" in head:
        letters = wrap(letters, int(head["width"]))
    text = "".join(letter for letter, _ in letters)
    for number, figure in enumerate(figures):
        held = [at for at, (_, owner) in enumerate(letters) if owner == number]
        figure.number, figure.start, figure.end = number, held[0], held[-1] + 1
        figure.text = text[figure.start : figure.end]
    return text, head, figures


def _derived(figure: Figure, ids: dict[str, int]) -> dict[str, Any] | None:
    if not figure.what.startswith("="):
        return None
    kind, specs = re.fullmatch(r"=(\w+)\((.*)\)", figure.what).groups()  # type: ignore[union-attr]
    of = [
        f"#{ids[spec[1:]]}" if spec[0] == "@" else _spec(spec, figure) for spec in specs.split(";")
    ]
    made: dict[str, Any] = {"kind": kind, "of": of}
    if "per" in figure.keys:
        made["per"] = figure.keys["per"]
    return made


def truth(name: str, head: dict[str, str], figures: list[Figure]) -> dict[str, Any]:
    """The truth file of one article; the verdict is the author's, check_truth.py asks the facts."""
    ids = {f.keys["id"]: f.number for f in figures if "id" in f.keys}
    entries = []
    for figure in figures:
        keys, derived = figure.keys, _derived(figure, ids)
        norm = figure.what == "!"
        said = None if norm else reading.read(figure.text)
        code = figure.what if figure.what and figure.what[0] not in "?!=" else None
        linked = code or (derived and any("|" in t for t in derived["of"]))
        if derived and linked:
            code = next(t for t in derived["of"] if "|" in t).split("|")[0]
        default = "differs" if "x" in keys else "agrees" if linked else "no_record"
        entry: dict[str, Any] = {
            "text": figure.text,
            "start": figure.start,
            "end": figure.end,
            "value": float(keys["value"]) if norm else plain(said.value),  # type: ignore[union-attr]
            "unit": keys["unit"] if norm else keys.get("unit", said.unit),  # type: ignore[union-attr]
            "bound": keys.get("bound", "exact") if norm else keys.get("bound", said.bound),  # type: ignore[union-attr]
            "indicator": code,
            "place": figure.place if linked else None,
            "period": figure.period if linked else None,
            "by": keys.get("by") if linked else None,
            "derived": derived,
            "verdict": "unclear" if figure.what.startswith("?") else default,
            "note": keys.get("note", ""),
        }
        if norm:
            entry["note"] = entry["note"] or "norm"
        if figure.what.startswith("?"):
            entry["candidates"] = [
                term(spec, figure.period, figure.place) for spec in figure.what[1:].split(";")
            ]
        if "x" in keys:
            entry["wrong"] = keys["x"]
        entries.append(entry)
    return {"file": name, "place": head["place"], "as_of": head["as_of"], "figures": entries}


def plain(value: Fraction) -> int | float:
    """A whole number stays whole, a fraction keeps four decimals."""
    return int(value) if value.denominator == 1 else round(float(value), 4)


def file_name(source: Path, head: dict[str, str]) -> str:
    """Where the article stands under text/."""
    return source.stem + (".docx" if head.get("docx") == "yes" else ".txt")


def main() -> None:
    """Write text/ and truth/ anew."""
    from tests.articles import word

    for source in sorted((HERE / "source").glob("*.txt")):
        text, head, figures = compose(source.read_text(encoding="utf-8"))
        name = file_name(source, head)
        if name.endswith(".docx"):
            word.write(HERE / "text" / name, text, figures)
        else:
            (HERE / "text" / name).write_text(text, encoding="utf-8")
        made = truth(name, head, figures)
        (HERE / "truth" / f"{source.stem[:2]}.json").write_text(
            json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
