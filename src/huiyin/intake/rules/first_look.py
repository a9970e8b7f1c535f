"""What a report's words call for before anything else, as its resident sees it.

The words are those of triage.rules.danger_words; here is only what a resident's page makes of them:
whom to ring first, whether it accuses an official, whether the matter stands elsewhere already.
Hints: the page shows them, a person decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.triage.rules import danger_words
from huiyin.triage.rules.danger_words import ALERT, AMBULANCE, EMERGENCY, FIRE_BRIGADE, POLICE
from huiyin.triage.rules.urgency import urgency_of

#: What a number is, on its button.
CALLS = {FIRE_BRIGADE: "火警救援", POLICE: "报警", AMBULANCE: "急救"}
#: Where to go with what stands elsewhere already (keys of cases.rules.words.TELL_CHANNELS).
ELSEWHERE = {
    "litigation": "已在法院或仲裁的事，由法院、仲裁机构处理，这里不能改变结果（可打 12368 问法院）。",
    "review": "已在行政复议的事，由复议机关处理，请直接问受理的复议机关。",
    "petition": "已在信访的事，由原受理的信访部门答复，请带编号查询，不会两头办。",
    "disclosure": "信息公开申请由收到申请的单位答复，请直接问该单位。",
}


@dataclass(frozen=True)
class FirstLook:
    """`calls`: numbers in the order to ring; `advice`: what to do meanwhile; `alerts`: keys of all
    that burns, for the desk; `urgency`: as it sounds, until the desk says otherwise; `elsewhere`: a key of ELSEWHERE or ""."""

    calls: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    urgency: str = "normal"
    wrongdoing: bool = False
    elsewhere: str = ""

    @property
    def life(self) -> bool:
        """Whether life or property seems in danger now."""
        return self.urgency == "life"


def look(text: str) -> FirstLook:
    """Read a report's text. Nothing of it is kept here."""
    found = danger_words.scan(text)
    dangers = [h for h in found.hits if h.kind in (EMERGENCY, ALERT)]
    shown = sorted((h for h in dangers if h.to_resident), key=lambda h: h.kind != EMERGENCY)
    return FirstLook(
        calls=tuple(dict.fromkeys(n for h in shown for n in h.numbers)),
        advice=tuple(dict.fromkeys(_ADVICE[h.key] for h in shown if h.key in _ADVICE)),
        alerts=tuple(dict.fromkeys(h.key for h in dangers)),
        urgency=urgency_of(text, found).level,
        wrongdoing=found.wrongdoing,
        elsewhere=next((code for code in found.elsewhere if code in ELSEWHERE), ""),
    )


#: One line each, for somebody who is frightened.
_ADVICE = {
    "fire": "人先撤到安全处。",
    "gas": "不开关电器，不在屋里打电话；开窗，到室外再打。",
    "trapped": "电梯困人：也可按轿厢里的呼救键，或打 96333。",
    "self_harm": "想找人说说话，可以打心理援助热线 12356。",
    "violence": "先离开现场。",
}
