"""Who is signed in and in which posts, for the frame of each staff page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from huiyin.org import access


def person(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"me": None, "posts": []}
    return {"me": user.person, "posts": access.posts(request)}
