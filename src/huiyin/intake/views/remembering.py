"""What a browser has shown to be its own: numbers and roles in its session, no word and no phone."""

from __future__ import annotations

from django.http import HttpRequest

_KEPT = 20


def filed(request: HttpRequest, number: str, client_id: str) -> None:
    """This browser filed it: it sees the end page and may follow without typing anything."""
    known: dict[str, str] = dict(request.session.get("filed", {}))
    known.pop(number, None)
    request.session["filed"] = _newest(known | {number: client_id})
    opened(request, number, "reporter")


def opened(request: HttpRequest, number: str, role: str) -> None:
    """This browser gave number and tail, as reporter or for_whom."""
    known: dict[str, str] = dict(request.session.get("opened", {}))
    known.pop(number, None)
    request.session["opened"] = _newest(known | {number: role})


def client_id(request: HttpRequest, number: str) -> str:
    """The submission that became this number, "" when this browser did not file it."""
    found: str = request.session.get("filed", {}).get(number, "")
    return found


def role(request: HttpRequest, number: str) -> str:
    """As whom this browser may see the case, "" when it may not."""
    found: str = request.session.get("opened", {}).get(number, "")
    return found


def numbers(request: HttpRequest) -> list[str]:
    """The cases that this browser may see, newest first."""
    return list(request.session.get("opened", {}))[::-1]


def _newest(known: dict[str, str]) -> dict[str, str]:
    return dict(list(known.items())[-_KEPT:])
