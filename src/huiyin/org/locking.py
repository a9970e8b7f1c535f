"""What django-axes asks us (settings AXES_*): how many tries, how long, and the page that says so.

Belongs to the layer of views.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.base import clock
from huiyin.org.selectors import logins


def failure_limit(request: HttpRequest, credentials: Mapping[str, str] | None) -> int:
    """Failed sign-ins of a name, from whatever addresses, until it is locked."""
    return logins.account_policy().failures


def cool_off(request: HttpRequest | None) -> timedelta:
    """How long it is locked."""
    return timedelta(minutes=logins.account_policy().lock_minutes)


def locked_out(
    request: HttpRequest,
    original_response: HttpResponse | None = None,
    credentials: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page in place of the sign-in: until when, and what to do meanwhile."""
    username = (credentials or {}).get("username", "")
    until = logins.locked_until(username, at=clock.now())
    context = {"until": until, "policy": logins.account_policy()}
    return render(request, "org/locked_out.html", context, status=429)
