"""One session per account and an end after idling (等保三级)."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from huiyin.base import clock
from huiyin.org.selectors import logins


class SessionLimits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = clock.now().timestamp()
            seen = request.session.get("seen", now)
            elsewhere = request.user.session_key not in ("", request.session.session_key)
            if elsewhere or now - seen > 60 * logins.account_policy().idle_minutes:
                logout(request)
                request.session["signed_out"] = "elsewhere" if elsewhere else "idle"
            elif now - seen > 60 or "seen" not in request.session:
                request.session["seen"] = now
        return self.get_response(request)
