"""What a row of the table of transitions is made of, and what several rows share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.cases.rules import words as w

#: Who a transition belongs to beside its grant.
ANYBODY, LEAD, SUPPORT, PARTICIPANT, SYSTEM, REPORTER = (
    "anybody", "lead", "support", "participant", "system", "reporter",
)  # fmt: skip
PARTY_LABELS = {
    ANYBODY: "有权限的人",
    LEAD: "主办单位",
    SUPPORT: "协办单位",
    PARTICIPANT: "主办或协办单位",
    SYSTEM: "系统",
    REPORTER: "诉求人",
}
#: Target of a transition that goes back to where the case came from.
PRIOR = "@prior"


@dataclass(frozen=True)
class Ask:
    """One thing that an action asks for. `words`: somebody's sentences, kept outside the hash.
    `public`: shown to the reporter exactly as written."""

    key: str
    label: str
    type: str = "text"  # text | line | choice | unit | units | subject | date | number | yes_no | files | case | children
    required: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    words: bool = False
    public: bool = False
    limit: int = 2000
    after_rework: bool = False  # asked only of a case that was sent back before


@dataclass(frozen=True)
class Transition:
    """One row: `action` (verb, button) → `event` (past) → `target` (status; None = stays)."""

    action: str
    label: str
    event: str
    sources: tuple[str, ...]
    target: str | None
    grant: str = ""
    party: str = ANYBODY
    asks: tuple[Ask, ...] = ()
    duty: str | None = None
    guards: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()
    continues: tuple[str, ...] = ()  # ended clocks that run on as if they had not
    clock: str = ""  # pause | resume | change | extend
    told: str = ""  # the sentence for the reporter's timeline; empty = not shown there
    causes: str = ""  # what an irreversible act causes: asked once before it is done
    likely: bool = False

    def ask(self, key: str) -> Ask:
        return next(a for a in self.asks if a.key == key)


def note(label: str = "说明", *, required: bool = True, help: str = "") -> Ask:
    """The words that go with an act, for the file."""
    return Ask("note", label, required=required, words=True, help=help)


def reply(label: str, help: str) -> Ask:
    """What the reporter is told, exactly as written."""
    return Ask("reply", label, words=True, public=True, help=help)


WORKING = (w.AWAITING_ACCEPTANCE, w.IN_PROGRESS)
OPEN = tuple(s for s in w.STATUSES if s not in w.ENDED)
#: Where a leader on duty may still have to be told: answered at once or not.
ALERTED = tuple(s for s in w.STATUSES if s not in (w.WITHHELD, w.ARCHIVED))
UNDER_WAY = (*WORKING, w.AWAITING_RETURN_RULING, w.AWAITING_REVIEW, w.AWAITING_CALLBACK)
#: The leader on duty still has to know when the desk has answered.
ALL_CLOCKS = tuple(d for d in w.DEADLINES if d != "alert")
#: What somebody above waits for while the case is under way.
ABOVE = ("coordinate", "supervision_answer")
HANDLING_CLOCKS = ("accept", "contact", "handle", "return_window", "return_ruling", "support")

DISPATCH_ASKS = (
    Ask("lead", "主办单位", "unit", help="社区只能协办，不能主办"),
    Ask("support", "协办单位", "units", required=False),
    Ask("kind", "诉求性质", "choice", choices=w.KINDS, required=False),
    Ask("urgency", "紧急度", "choice", choices=w.URGENCIES, required=False),
    Ask("category", "类别", "category", required=False),
    Ask("note", "派单说明", words=True, required=False, help="写给承办单位，诉求人看不到"),
)
