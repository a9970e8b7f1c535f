"""How well a check did on one article of known truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from huiyin.paperwork.services.checking import Checked, Report
from tests.articles import check_truth

COUNTS = ("figures", "found", "false", "linked", "wrong", "wrong_flagged", "right", "right_flagged")


@dataclass
class Score:
    """Counts of one article; `notes` say each thing that went wrong."""

    file: str
    figures: int = 0
    found: int = 0
    false: int = 0
    linked: int = 0
    wrong: int = 0
    wrong_flagged: int = 0
    right: int = 0
    right_flagged: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another article's figures with these."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def line(self) -> str:
        """As RESULTS.md has it."""
        return (
            f"| {self.file.split('.')[0]} | {self.figures} | {self.found} | {self.false} | {self.linked} "
            f"| {self.wrong_flagged}/{self.wrong} | {self.right_flagged}/{self.right} |"
        )


def score(truth: dict[str, Any], report: Report) -> Score:
    """Hold a report against the truth: found = same value and the spans meet."""
    result = Score(truth["file"], figures=len(truth["figures"]))
    left = list(report.figures)
    broken = _in_broken_sums(report)
    for number, figure in enumerate(truth["figures"]):
        name = f"#{number} {''.join(figure['text'].split())}"
        match = next((f for f in left if _meets(figure, f)), None)
        result.wrong += figure["verdict"] == "differs"
        result.right += figure["verdict"] in ("agrees", "no_record")
        if match is None:
            result.notes.append(f"missed {name} {figure['note']}")
            continue
        left.remove(match)
        result.found += 1
        _linked(result, figure, match, name)
        unknown = match.verdict == "no_record" and match.figure.start in broken
        flagged = match.verdict == "differs" or unknown
        if figure["verdict"] == "differs":
            result.wrong_flagged += flagged
            if not flagged:
                result.notes.append(
                    f"not flagged ({figure['wrong']}) {name}: {match.verdict} {match.reason}"
                )
        elif figure["verdict"] != "unclear" and flagged:
            result.right_flagged += 1
            result.notes.append(
                f"right one flagged {name} ({figure['verdict']}): {match.reason} {_spec(figure)}"
            )
    text = check_truth.article(truth["file"])
    for one in left:
        around = text[max(0, one.figure.start - 10) : one.figure.end + 8]
        result.false += 1
        result.notes.append(
            f"false {''.join(one.figure.text.split())}: …{''.join(around.split())}…"
        )
    return result


def _meets(truth: dict[str, Any], found: Checked) -> bool:
    same = abs(float(found.figure.value) - float(truth["value"])) < 0.01
    return same and found.figure.start < truth["end"] and truth["start"] < found.figure.end


def _linked(result: Score, truth: dict[str, Any], found: Checked, name: str) -> None:
    codes = [(c.reading.code, c.reading.operands[0].by) for c in found.candidates]
    ours = codes[0] if codes else None
    if "candidates" in truth:
        wanted = {c.split("|")[0] for c in truth["candidates"]}
        right = bool(wanted & {code for code, _ in codes})
    elif truth["indicator"] is None:
        right = ours is None
    elif truth["derived"]:
        wanted = {t.split("|")[0] for t in truth["derived"]["of"]} | {truth["indicator"]}
        right = ours is not None and ours[0] in wanted
    else:
        by = tuple(truth["by"].split("=")) if truth["by"] else None
        right = ours == (truth["indicator"], by)
    result.linked += right
    if not right:
        result.notes.append(
            f"linked wrong {name}: {ours}, should be {_spec(truth)} [{found.subject}]"
        )


def _spec(truth: dict[str, Any]) -> str:
    if truth["derived"]:
        return f"{truth['derived']['kind']} {truth['derived']['of']}"
    if truth["indicator"] is None:
        return f"none {truth.get('candidates', '')}"
    return "|".join(str(truth[k] or "") for k in ("indicator", "place", "period", "by"))


def _in_broken_sums(report: Report) -> set[int]:
    """Starts of figures that are the whole of a sum that does not hold."""
    return {report.figures[s.whole].figure.start for s in report.sums if not s.holds}
