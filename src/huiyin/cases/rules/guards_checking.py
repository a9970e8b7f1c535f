"""Guards of callback, sign-off, recheck: somebody else says whether it is solved.

Sources: practice.md §1.3 (回访, 不满意销号), §1.5 (打不通、拒评不进分母).
"""

from __future__ import annotations

from huiyin.base.rules.times import short_time
from huiyin.base.rules.workday_calendar import local_date
from huiyin.cases.rules import words as w
from huiyin.cases.rules.facts import Facts
from huiyin.cases.rules.guarding import guard
from huiyin.cases.rules.signing_off import UNSOLVED


@guard
def reached_says_resolved(f: Facts) -> str | None:
    outcome = f.given.get("outcome")
    said = f.given.get("resolved") is not None or f.given.get("satisfied")
    if outcome == "reached" and f.given.get("resolved") is None:
        return "联系上了，请记下问题是否解决"
    if outcome == "refused" and said:
        return (
            "对方说了是否解决的，请选“已联系上”，不愿评的满意度留空；什么都不愿说的才选“拒绝评价”"
        )
    if outcome == "unreachable" and said:
        return "没有联系上，不能替诉求人填解决与满意"
    return None


@guard
def attempts_apart(f: Facts) -> str | None:
    """Three attempts are three times of day, not three entries in a minute."""
    if f.given.get("outcome") != "unreachable" or f.last_in_vain is None:
        return None
    again = f.last_in_vain + f.attempt_gap
    if f.at < again:
        return (
            f"上次没联系上是 {short_time(f.last_in_vain)}，请 {short_time(again)} 以后换个时段再试；"
            "这期间接通了可以照常登记"
        )
    return None


@guard
def three_attempts_at_most(f: Facts) -> str | None:
    if f.callbacks >= f.max_callbacks and not f.reached and not f.refused:
        return f"已联系 {f.max_callbacks} 次未果，请按“未联系上”销号"
    return None


@guard
def not_rung_after_refusal(f: Facts) -> str | None:
    """Who would not answer is left alone; should they answer online, that counts."""
    if f.refused and not f.reached:
        return "对方已拒绝评价，不再打扰；请按“拒绝评价”销号"
    return None


@guard
def callback_says_no(f: Facts) -> str | None:
    """Rework follows the reporter's word, not the checker's wish."""
    if not f.reached and not f.merged.unsolved:
        return "请先登记回访"
    if f.resolved is True and f.satisfied != "dissatisfied" and not f.merged.unsolved:
        return "回访结果是已解决，无须重办"
    return None


def _gave_no_rating(f: Facts) -> bool:
    """They refused to answer, or said that it is solved and would not rate it."""
    if f.reached:
        return f.resolved is True and f.satisfied == ""
    return f.refused


@guard
def code_fits_callback(f: Facts) -> str | None:
    code = f.given.get("code")
    if code == "satisfied" and not (f.resolved is True and f.satisfied in ("satisfied", "fair")):
        return "满意销号须回访已解决且满意或基本满意"
    if code == "unsampled" and (f.sampled is not False or f.reached):
        return "此件抽中回访，不能按“未抽中”销号"
    if code == "refused" and not _gave_no_rating(f):
        return "回访时拒绝评价，或说已解决但不愿评满意度的，才能按“拒绝评价”销号"
    if code == "unreachable" and f.refused:
        return "对方接了、不愿评价，请按“拒绝评价”销号"
    if code == "unreachable" and (f.reached or f.callbacks < f.max_callbacks):
        return f"联系满 {f.max_callbacks} 次未果才能按“未联系上”销号"
    return _unsolved(f, code) if code in UNSOLVED else None


def _unsolved(f: Facts, code: str) -> str | None:
    """研判, 延期, 移交 come after a rework: another word of the unit, another review by a second
    person, another callback. Whoever rang cannot close a "no" alone (practice §1.3: 重办后)."""
    if not (f.reached or f.refused or f.callbacks >= f.max_callbacks or f.sampled is False):
        return "请先登记回访"
    if not f.reworked:
        return f"{w.SIGN_OFF_CODES[code]}须先发回重办过一次；诉求人说没解决的，请先“发回重办”"
    if not f.given.get("note"):
        return "请写明依据"
    until = f.given.get("until")
    if code == "extended" and (until is None or until <= local_date(f.at)):
        return "请写明延到哪天，须在今天以后"
    if code == "transferred" and not f.given.get("to_whom"):
        return "请写明移交给谁（单位或机构）"
    return None


@guard
def merged_are_heard(f: Facts) -> str | None:
    """Each reporter of a merged case keeps the own callback; 满意 speaks for all of them."""
    if f.merged.unheard:
        return f"并入的 {'、'.join(f.merged.unheard[:3])} 还没有回访，请先回访"
    if f.merged.unsolved and f.given.get("code") in ("satisfied", "unsampled"):
        return f"并入的 {'、'.join(f.merged.unsolved[:3])} 说没有解决，请发回重办"
    return None


@guard
def children_answered(f: Facts) -> str | None:
    """Closing a parent asks about each child; nothing is cancelled silently."""
    answered = f.given.get("children") or {}
    left = [c for c in f.open_children if answered.get(c) not in ("keep",)]
    if left:
        return f"还有 {len(left)} 件下级件未办结，请逐件确认继续办理，或先将其办结"
    return None


@guard
def recheck_pending(f: Facts) -> str | None:
    """Looking minutes after the sign-off says nothing about whether it lasts."""
    if f.recheck_from is None:
        return "没有待做的复查"
    if f.at < f.recheck_from:
        return (
            f"{short_time(f.recheck_from)} 起才能复查，早看看不出稳不稳固；"
            "这之前问题又出现的，请用“反弹重开”"
        )
    return None


@guard
def recheck_done(f: Facts) -> str | None:
    """However late: a recheck that nobody did is not done by waiting."""
    return "复查还没做，复查以后再归档" if f.recheck_from else None


@guard
def not_answered_online(f: Facts) -> str | None:
    """One answer to one reply: a second tap, or one from a second browser, changes nothing."""
    return "您已经确认过了，不用再按一次" if f.answered_online else None


@guard
def host_awaits_callback(f: Facts) -> str | None:
    """A merged reporter is heard when the case that theirs runs with was answered."""
    if f.status == w.MERGED and f.host_status not in (w.AWAITING_CALLBACK, w.CLOSED, w.ARCHIVED):
        return "合并办理的那件还没有答复，答复后再回访"
    return None


@guard
def spoken_not_written(f: Facts) -> str | None:
    if not f.spoken:
        return "此件没有录音"
    return "语音已写成文字" if f.written_down else None
