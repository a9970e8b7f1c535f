"""Icons and tones: the vocabulary of the screen. Colour is never alone: a tone brings its icon."""

from __future__ import annotations

#: Symbols of static/base/icons.svg (a test compares the two).
ICONS = (
    "overdue", "due-soon", "clock", "paused", "solved", "waiting", "working", "closed", "stopped",
    "danger", "info", "phone", "place", "attachment", "print", "search", "download", "upload",
    "plus", "back", "forward", "down", "cross", "check", "person", "unit", "message", "link",
    "lock", "eye", "edit", "camera", "voice", "list", "board", "home", "merge", "filter", "menu",
)  # fmt: skip

#: tone → icon. 松 solved · 琥珀 soon, waiting · 朱 over, danger · grey closed, stopped, paused.
TONES = {
    "waiting": "waiting",
    "working": "working",
    "solved": "solved",
    "closed": "closed",
    "stopped": "stopped",
    "paused": "paused",
    "soon": "due-soon",
    "over": "overdue",
    "danger": "danger",
    "info": "info",
}
