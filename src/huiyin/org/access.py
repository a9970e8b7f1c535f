"""Who is asking, and may they? Belongs to the layer of views (docs/architecture.md): every staff
view of every app imports it, nothing below views does.

    @needs("case.dispatch")
    def dispatch(request, number): … access.posts(request) …

A person who still has to change the first password or to pass the second factor has no posts yet:
so a view that forgets `needs` shows nothing either.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from axes.helpers import get_client_ip_address
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from huiyin.base import clock
from huiyin.base.rules.addresses import ADDRESSES
from huiyin.org import selectors
from huiyin.org.models import Account
from huiyin.org.rules import grants as rules
from huiyin.org.rules.grants import ActingPost

View = Callable[..., HttpResponse]


def posts(request: HttpRequest) -> list[ActingPost]:
    """Today's posts of whoever is signed in; [] when nobody is or a step of sign-in is open.

    One query per request.
    """
    return [] if pending_step(request) else _posts(request)


def pending_step(request: HttpRequest) -> str | None:
    """URL name of what must be done before anything else, or None: sign in, change the first
    password, enrol or pass the second factor."""
    user = request.user
    if not isinstance(user, Account):
        return "login"
    if user.must_change_password:
        return "change_password"
    if rules.needs_totp(_posts(request)) and getattr(user, "otp_device", None) is None:
        return "second_factor"
    return None


def needs(*grants: str) -> Callable[[View], View]:
    """Let only those in whose posts one of these grants lies; without grants, whoever is signed in.

    Not signed in, or a step of sign-in open: 302 there and back (for htmx a full page load). No
    grant: PermissionDenied with the reason, shown by the 403 page.
    """
    for grant in grants:
        if grant not in rules.GRANT_LABELS:
            raise ValueError(f"no such grant: {grant}")

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            step = pending_step(request)
            if step is not None:
                return to_step(request, step)
            if grants:
                reason = rules.refusal(posts(request), grants)
                if reason is not None:
                    raise PermissionDenied(reason)
            return view(request, *args, **kwargs)

        checked.needs = grants  # type: ignore[attr-defined]
        return checked

    return decorate


def post_for(request: HttpRequest, grant: str) -> ActingPost:
    """The post in which somebody acts: the one named by the field `post`, else the first that may.

    PermissionDenied when the named post is not theirs or may not.
    """
    able = [p for p in posts(request) if p.may(grant)]
    named = request.POST.get("post", "")
    if named:
        able = [p for p in able if str(p.post_id) == named]
    if not able:
        raise PermissionDenied(rules.refusal(posts(request), [grant]) or "这不是您在任的岗位")
    return able[0]


def to_step(request: HttpRequest, step: str, wanted: str | None = None) -> HttpResponse:
    """Send the browser to a step of sign-in and afterwards to `wanted`, by default back here."""
    here = request.get_full_path() if request.method == "GET" else ""
    where = here if wanted is None else wanted
    if request.headers.get("HX-Request"):
        where = request.headers.get("HX-Current-URL", "")
    address = reverse(step) + (f"?{urlencode({'next': where})}" if where else "")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def act_as(request: HttpRequest, account: Account) -> None:
    """Go on in this request with the account as it is now (after sign-in, a changed password)."""
    account.otp_device = getattr(request.user, "otp_device", None)  # type: ignore[attr-defined]
    request.user = account
    if hasattr(request, "_huiyin_posts"):
        del request._huiyin_posts


def address_of(request: HttpRequest) -> str:
    """Network address of the browser, as the lock-out counts it; "" when there is none."""
    return get_client_ip_address(request) or ""


def home_of(held: Sequence[ActingPost]) -> str:
    """Where somebody starts after signing in: administrators see no business, others 工作台."""
    for grant, name in (
        ("system.accounts", "account_list"),
        ("system.defaults", "default_list"),
        ("system.audit", "audit_list"),
    ):
        if any(p.may(grant) for p in held):
            return reverse(name)
    return ADDRESSES["work"]


def _posts(request: HttpRequest) -> list[ActingPost]:
    kept: list[ActingPost] | None = getattr(request, "_huiyin_posts", None)
    if kept is None:
        user = request.user
        kept = (
            selectors.posts_of(user.person_id, clock.today()) if isinstance(user, Account) else []
        )
        request._huiyin_posts = kept  # type: ignore[attr-defined]
    return kept
