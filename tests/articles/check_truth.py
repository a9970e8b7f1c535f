"""Every truth file against its article and against facts.py: nothing rests on the author's word.

`python -m tests.articles.check_truth` prints the totals.
"""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.articles import compose, facts, reading, word

HERE = Path(__file__).parent
VERDICTS = {"agrees", "differs", "unclear", "no_record"}
BOUNDS = {"exact", "rounded", "at_least", "greater_than", "about", "at_most"}


def article(name: str) -> str:
    """The text of one article, in whose code points start and end are counted."""
    path = HERE / "text" / name
    return word.read(path) if path.suffix == ".docx" else path.read_text(encoding="utf-8")


def truths() -> list[dict[str, Any]]:
    """All truth files in order."""
    return [
        json.loads(p.read_text(encoding="utf-8")) for p in sorted((HERE / "truth").glob("*.json"))
    ]


def follows(figure: dict[str, Any], figures: list[dict[str, Any]]) -> str:
    """The verdict that the facts give."""
    if "candidates" in figure:
        return "unclear"
    derived = figure["derived"]
    if figure["note"].startswith("norm") or not (figure["indicator"] or derived):
        return "no_record"
    said = reading.read(figure["text"])
    if not derived:
        spec = "|".join(figure[key] or "" for key in ("indicator", "place", "period", "by"))
        return "agrees" if reading.holds(said, compose.of_term(spec)) else "differs"
    printed = {n: Fraction(str(f["value"])) for n, f in enumerate(figures)}
    number = compose.derive(derived["kind"], [compose.of_term(t, printed) for t in derived["of"]])
    fits = reading.holds(said, number, rounds=derived["kind"] in ("average", "multiple"))
    # Arithmetic that adds up says nothing of a number that nobody records.
    return "differs" if not fits else "agrees" if figure["indicator"] else "no_record"


def faults(truth: dict[str, Any]) -> list[str]:
    """What does not hold in one truth file."""
    text, found, last = article(truth["file"]), [], 0
    for number, figure in enumerate(truth["figures"]):
        name = f"{truth['file']} #{number} {figure['text']!r}"
        if text[figure["start"] : figure["end"]] != figure["text"]:
            found.append(f"{name}: not at {figure['start']}")
        if figure["start"] < last:
            found.append(f"{name}: overlaps")
        last = figure["end"]
        if figure["verdict"] not in VERDICTS or figure["bound"] not in BOUNDS:
            found.append(f"{name}: unknown verdict or bound")
        if not figure["note"].startswith("norm"):
            said = reading.read(figure["text"])
            if compose.plain(said.value) != figure["value"]:
                found.append(f"{name}: value {figure['value']}")
        if (verdict := follows(figure, truth["figures"])) != figure["verdict"]:
            found.append(f"{name}: {figure['verdict']} stands, {verdict} follows {_why(figure)}")
        spec = [figure[key] or "" for key in ("indicator", "place", "period", "by")]
        if spec[0] and facts.is_lower_bound(*spec) and figure["bound"] != "at_least":
            found.append(f"{name}: exact, though the number holds an approximate line")
        if ("wrong" in figure) != (figure["verdict"] == "differs"):
            found.append(f"{name}: kind of wrongness")
        if "candidates" in figure and len({compose.of_term(t) for t in figure["candidates"]}) < 2:
            found.append(f"{name}: candidates do not compete")
    return found


def _why(figure: dict[str, Any]) -> str:
    terms = figure["derived"]["of"] if figure["derived"] else []
    terms = terms or ["|".join(figure[k] or "" for k in ("indicator", "place", "period", "by"))]
    return " ".join(f"{t}={float(compose.of_term(t)):.6g}" for t in terms if t[0] not in "#|")


def totals() -> dict[str, Counter[str]]:
    """Figures by verdict, by kind of link and, for wrong ones, by kind of wrongness."""
    count: dict[str, Counter[str]] = {"verdict": Counter(), "kind": Counter(), "wrong": Counter()}
    for figure in (figure for truth in truths() for figure in truth["figures"]):
        count["verdict"][figure["verdict"]] += 1
        derived = figure["derived"]
        kind = (
            f"derived {derived['kind']}" if derived else "indicator" if figure["indicator"] else ""
        )
        kind = kind or ("norm" if figure["note"].startswith("norm") else figure["verdict"])
        count["kind"][kind] += 1
        if "wrong" in figure:
            count["wrong"][figure["wrong"]] += 1
    return count


if __name__ == "__main__":
    for problem in [p for truth in truths() for p in faults(truth)]:
        print(problem)
    for name, counted in totals().items():
        print(name, counted.total(), dict(counted.most_common()))
