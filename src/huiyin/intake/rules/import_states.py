"""States of an import, with the words and tones of the screen."""

from __future__ import annotations

DRAFT = "draft"
WAITING = "waiting"
RUNNING = "running"
DONE = "done"
STOPPED = "stopped"
FAILED = "failed"
DISCARDED = "discarded"

#: state → (word, tone of base.rules.looks).
STATES = {
    DRAFT: ("待核对", "waiting"),
    WAITING: ("排队中", "waiting"),
    RUNNING: ("导入中", "working"),
    DONE: ("已完成", "solved"),
    STOPPED: ("已停止", "stopped"),
    FAILED: ("没有完成", "danger"),
    DISCARDED: ("已取消", "closed"),
}
LABELS = {state: word for state, (word, _) in STATES.items()}
#: Under way: the page looks again by itself.
MOVING = (WAITING, RUNNING)
#: May be started: for the first time, or again after it broke off or was stopped.
STARTABLE = (DRAFT, FAILED, STOPPED)

MAX_BYTES = 50 * 1024 * 1024
#: A file that nobody started, and the file of an import that broke off, are kept a day.
DRAFT_HOURS = 24
