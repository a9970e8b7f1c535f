"""What the desk says to the caller at the end, to be read aloud as it stands."""

from __future__ import annotations

from dataclasses import dataclass

FILED, DISPATCHED, ANSWERED, TOLD, MERGED, VOICE, WITHHELD = (
    "file", "dispatch", "answer", "tell", "merged", "voice", "withheld",
)  # fmt: skip


@dataclass(frozen=True)
class Situation:
    """What became of a call. `number`, `code` grouped for the ear; times spoken (“明天 9:30 前”) or
    lengths (“24 小时”), "" where none is known; `choice` = contact choice."""

    done: str
    number: str
    code: str = ""
    has_phone: bool = True
    admitted: bool = True
    admit_by: str = ""
    contact_within: str = ""
    handle_within: str = ""
    handle_by: str = ""
    unit: str = ""
    choice: str = "direct"
    for_somebody: bool = False
    channel: str = ""
    reply: str = ""
    calls: tuple[str, ...] = ()


def sentences(s: Situation) -> list[str]:
    """The sentences in order; none is longer than one breath."""
    said = {
        FILED: _filed, DISPATCHED: _dispatched, ANSWERED: _answered, TOLD: _told,
        MERGED: _merged, VOICE: _voice, WITHHELD: _withheld,
    }[s.done](s)  # fmt: skip
    first = [f"危险还在的话，请现在就打 {'、'.join(s.calls)}。"] if s.calls else []
    if s.done in (VOICE, WITHHELD):
        return [*first, *said]
    return [*first, *said, _follow(s)]


def _filed(s: Situation) -> list[str]:
    if s.admitted:
        nxt = "接下来确定由哪个单位办。"
    else:
        nxt = f"{s.admit_by}，受理中心会受理。" if s.admit_by else "接下来由受理中心受理。"
    within = f"{s.handle_within}内答复" if s.handle_within else ""
    return [
        f"您反映的事已经登记，编号 {s.number}。{nxt}",
        *_promise("派出后 ", _contact(s), within), *_asked(s),
    ]  # fmt: skip


def _dispatched(s: Situation) -> list[str]:
    due = f"{s.handle_by}答复" if s.handle_by else ""
    return [
        f"您反映的事已经登记，编号 {s.number}，现在就交给了{s.unit}。",
        *_promise("", _contact(s), due), *_asked(s),
    ]  # fmt: skip


def _promise(after: str, contact: str, answer: str) -> list[str]:
    """One sentence of what happens by when; nothing where nothing is known."""
    closed = "不会告诉承办单位是谁反映的，有事由我们联系您。" if contact == CLOSED else ""
    parts = [p for p in ("" if closed else contact, answer) if p]
    return [line for line in (f"{after}{'，'.join(parts)}。" if parts else "", closed) if line]


def _answered(s: Situation) -> list[str]:
    return [s.reply, f"您问的事已经记下，编号 {s.number}。还有不清楚的，凭编号再问就行。"]


def _told(s: Situation) -> list[str]:
    return [s.reply, f"这件事由{s.channel}的渠道办理，我们不重复办。已经记下，编号 {s.number}。"]


def _merged(s: Situation) -> list[str]:
    return [
        f"这个问题已经有人反映、正在办，您的和它一起办，您自己的编号是 {s.number}。", *_asked(s),
    ]  # fmt: skip


def _voice(s: Situation) -> list[str]:
    return ["这个问题已经有人反映、正在办，您说的也记上了。", "要是过些天还没好，请再打来。"]


def _withheld(s: Situation) -> list[str]:
    return [
        "检举控告公职人员由纪检监察机关受理，电话 12388；选人用人问题由组织部门受理，电话 12380。",
        "您说的这里只留底，不会交给任何承办单位。请直接向上面的电话反映。",
    ]


CLOSED = "closed"


def _contact(s: Situation) -> str:
    """Who calls whom by when, without a full stop; CLOSED where nobody may know who it is."""
    if s.choice == "confidential":
        return CLOSED
    if not s.has_phone:
        return ""
    within = f"{s.contact_within}内" if s.contact_within else ""
    return f"{within}由我们把话转告您" if s.choice == "relay" else f"{within}有人联系您"


def _asked(s: Situation) -> list[str]:
    who = "他本人" if s.for_somebody else "您"
    return [f"办好以后，另外有人问{who}解决了没有。"]


def _follow(s: Situation) -> str:
    if s.code:
        return f"查进度用编号和查询码 {s.code}，请记一下。"
    return "查进度用编号和手机号后四位。"
