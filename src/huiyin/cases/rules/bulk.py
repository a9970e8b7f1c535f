"""What may be done to many cases at once: only what needs no look at each one's words.

Review, callback and sign-off are not here: each of them is a judgement about one case.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bulk:
    """An action in bulk. `left_out`: asks that make sense for one case only; `help` for the page."""

    action: str
    label: str
    grant: str
    help: str
    left_out: tuple[str, ...] = ()


BULK = {
    row.action: row
    for row in (
        Bulk("admit", "批量受理", "case.admit", "逐件受理，结果逐件列出。"),
        Bulk("accept", "批量签收", "case.accept", "逐件签收；您的单位从此是首接单位。"),
        Bulk("dispatch", "批量派单", "case.dispatch",
             "同一主办、同一说明，逐件派出；不能派的逐件说明原因。",
             left_out=("kind", "urgency", "category")),
        Bulk("remind", "批量催办", "case.supervise", "逐件催办；已催办过的会说明。"),
        Bulk("supervise", "批量书面督办", "case.supervise", "先催办过的才能书面督办。"),
        Bulk("admonish", "批量发提醒函", "case.supervise", "先书面督办过的才能发提醒函。"),
        Bulk("archive", "批量归档", "case.archive", "复查完成的办结件才能归档。"),
    )
}  # fmt: skip
#: More at once nobody can answer for.
MOST = 100
