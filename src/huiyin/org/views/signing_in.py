"""Sign in, sign out, change the password, second factor."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth import login as start_session
from django.contrib.auth import logout as end_session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as mark_verified

from huiyin.base import clock
from huiyin.org import access
from huiyin.org.forms import ChangePasswordForm, CodeForm, LoginForm
from huiyin.org.models import Account, SecondFactor
from huiyin.org.services import accounts
from huiyin.org.services import second_factor as factors
from huiyin.org.services.accounts import AccountError

ENDED = {
    "idle": "您较长时间没有操作，已自动退出，请重新登录",
    "elsewhere": "这个账号刚刚在别处登录，此处已退出；若不是您本人，请立即修改密码并告诉系统管理员",
}


@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Account name and password. The lock-out answers in its place (org.locking)."""
    if request.user.is_authenticated:
        return _onwards(request)
    form = LoginForm(request.POST or None, initial={"username": request.GET.get("as", "")})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["username"].strip().lower()
        account = authenticate(request, username=name, password=form.cleaned_data["password"])
        if isinstance(account, Account):
            start_session(request, account)
            noted = accounts.signed_in(
                account=account,
                session_key=request.session.session_key or "",
                at=clock.now(),
                address=access.address_of(request),
            )
            return _onwards(request, noted)
        accounts.sign_in_refused(username=name, at=clock.now(), address=access.address_of(request))
        form.add_error(None, "账号或密码不对。忘了密码请联系系统管理员重置")
    why = ENDED.get(request.session.pop("signed_out", ""), "")
    return render(
        request, "org/login.html", {"form": form, "why": why, "next": request.GET.get("next", "")}
    )


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    user = request.user
    if isinstance(user, Account):
        accounts.signed_out(account=user, at=clock.now(), address=access.address_of(request))
    end_session(request)
    return redirect("login")


@never_cache
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """One's own password; forced at first sign-in and when its term is over."""
    if access.pending_step(request) not in (None, "change_password"):
        return access.to_step(request, access.pending_step(request) or "login")
    user = request.user
    assert isinstance(user, Account)
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            changed = accounts.change_password(
                account=user,
                current=form.cleaned_data["current"],
                new=form.cleaned_data["new"],
                at=clock.now(),
                address=access.address_of(request),
            )
        except AccountError as error:
            form.add_error("current" if "当前" in str(error) else "new", str(error))
        else:
            update_session_auth_hash(request, changed)
            key = request.session.session_key or ""
            accounts.session_renewed(account=changed, session_key=key)
            messages.success(request, "密码已修改")
            return _onwards(request, changed)
    return render(
        request, "org/change_password.html", {"form": form, "forced": user.must_change_password}
    )


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Enrol a second factor, or pass it at sign-in."""
    user = request.user
    step = access.pending_step(request)
    if not isinstance(user, Account) or step not in (None, "second_factor"):
        return access.to_step(request, step or "login")
    if step is None:
        return _onwards(request)
    form = CodeForm(request.POST or None)
    enrolled = factors.enrolled(user)
    factor = None if enrolled else factors.begin(account=user)
    if request.method == "POST" and form.is_valid():
        given = {
            "code": form.cleaned_data["code"],
            "at": clock.now(),
            "address": access.address_of(request),
        }
        try:
            if factor is None:
                passed = factors.verify(account=user, **given)
            else:
                passed = factors.confirm(factor=factor, **given)
        except AccountError as error:
            form.add_error("code", str(error))
        else:
            mark_verified(request, passed)
            return _onwards(request)
    context = {"form": form, "factor": factor, "picture": _picture(factor) if factor else ""}
    return render(request, "org/second_factor.html", context)


def _picture(factor: SecondFactor) -> SafeString:
    """The QR code as inline SVG: nothing is fetched, nothing is stored."""
    code = segno.make(factor.config_url, error="m", micro=False)
    return mark_safe(
        code.svg_inline(scale=4, border=2, dark="#1b2430", light="#fff",
                        title="动态口令二维码")
    )  # fmt: skip


def _onwards(request: HttpRequest, account: Account | None = None) -> HttpResponse:
    """The next step of signing in, else where the browser wanted to go, else that person's start.

    `account` = the row as it is now, where this request changed it.
    """
    if account is not None:
        access.act_as(request, account)
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        wanted = ""
    step = access.pending_step(request)
    if step is not None:
        return access.to_step(request, step, wanted)
    return redirect(wanted or access.home_of(access.posts(request)))
