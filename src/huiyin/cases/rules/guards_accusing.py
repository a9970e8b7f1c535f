"""检举控告 in the line: guards of writing a voice message down and of taking a case out of the line.

Registered like those of cases.rules.guards.
"""

from __future__ import annotations

from huiyin.cases.rules.facts import Facts
from huiyin.cases.rules.guarding import guard
from huiyin.triage.rules import danger_words


@guard
def accusation_answered(f: Facts) -> str | None:
    """As at the desk: words like an accusation ask, and whoever writes them down answers."""
    if f.given.get("accuses") or not danger_words.scan(str(f.given.get("text") or "")).wrongdoing:
        return None
    return "写下的话像是检举控告公职人员，请在“是检举控告公职人员吗”里选一个"


@guard
def no_open_child(f: Facts) -> str | None:
    """A lower case would be left with nobody above it to answer."""
    return "此件还有下级件没有办结，请先把下级件办结" if f.open_children else None
