"""Accounts and posts, for the system administrator."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.base import clock
from huiyin.base.rules.tables import Column, Pager
from huiyin.org import access, selectors
from huiyin.org.access import needs
from huiyin.org.forms import (
    AccountFilterForm,
    AccountForm,
    EndPostForm,
    PostForm,
    UnitSearchForm,
)
from huiyin.org.models import Account, Post, Unit
from huiyin.org.rules.grants import ROLES, ActingPost
from huiyin.org.selectors import logins
from huiyin.org.services import accounts, organising
from huiyin.org.services import second_factor as factors
from huiyin.org.services.accounts import AccountError
from huiyin.org.services.organising import OrganisationError

COLUMNS = (
    Column("姓名"), Column("账号"), Column("岗位"), Column("状态", "status"),
    Column("上次登录", "time", wide=True),
)  # fmt: skip


@needs("system.accounts")
def account_list(request: HttpRequest) -> HttpResponse:
    form = AccountFilterForm(request.GET or None)
    given = form.cleaned_data if form.is_valid() else {}
    page = logins.accounts_page(
        text=given.get("q", ""),
        role=given.get("role", ""),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        at=clock.now(),
        day=clock.today(),
    )
    kept = {k: v for k, v in given.items() if v}
    context = {
        "heading": "账号与岗位",
        "filter_form": form,
        "filter_reset": reverse("account_list") if kept else "",
        "columns": COLUMNS,
        "rows": page.rows,
        "row_template": "org/_account_row.html",
        "pager": Pager(
            _page_url(kept, "before", page.before),
            _page_url(kept, "after", page.after),
            shown=len(page.rows),
        ),
        "empty_title": "没有符合条件的账号" if kept else "还没有账号",
        "empty_text": "换个条件，或者新建账号。",
    }
    return render(request, "org/account_list.html", context)


@never_cache
@needs("system.accounts")
def account_new(request: HttpRequest) -> HttpResponse:
    """A person with an account; the first password is shown once, on the answer itself."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = accounts.create_person_with_account(
                name=given["name"],
                work_phone=given["work_phone"],
                username=given["username"],
                at=clock.now(),
                by=access.post_for(request, "system.accounts"),
                address=access.address_of(request),
            )
        except (AccountError, OrganisationError) as error:
            form.add_error("username" if "账号" in str(error) else "name", str(error))
        else:
            return _first_password(request, made, "账号已建立")
    return render(request, "org/account_new.html", {"form": form})


@needs("system.accounts")
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(pk)
    at = clock.now()
    posts = selectors.all_posts_of(account.person_id)
    by = access.post_for(request, "system.accounts")
    context = {
        "account": account,
        "own": by.person_id == account.person_id,
        "posts_held": [(post, _end_form(post, by)) for post in posts],
        "locked_until": logins.locked_until(account.username, at=at),
        "second_factor": factors.enrolled(account),
    }
    return render(request, "org/account_detail.html", context)


@never_cache
@require_POST
@needs("system.accounts")
def account_reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    account = _account(pk)
    try:
        made = accounts.reset_password(
            account=account,
            at=clock.now(),
            by=access.post_for(request, "system.accounts"),
            address=access.address_of(request),
        )
    except AccountError as error:
        messages.error(request, str(error))
        return redirect("account_detail", pk)
    return _first_password(request, made, "密码已重置")


@require_POST
@needs("system.accounts")
def account_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, accounts.unlock, "已解除锁定")


@require_POST
@needs("system.accounts")
def account_disable(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, accounts.disable, "账号已停用，登录状态已结束")


@require_POST
@needs("system.accounts")
def account_enable(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, accounts.enable, "账号已启用")


@require_POST
@needs("system.accounts", "system.policy")
def account_reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """By another administrator. The security administrator does it for administrators only."""
    account = _account(pk)
    by = _resetting(request, account)
    if by is None:
        messages.error(request, "安全管理员只能重置三员的动态口令，其他人请找系统管理员")
        return redirect("default_list")
    try:
        factors.reset(account=account, at=clock.now(), by=by, address=access.address_of(request))
    except AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{account.person.name}的动态口令已重置，下次登录时重新绑定")
    if by.may("system.accounts"):
        return redirect("account_detail", pk)
    return redirect("default_list")


@needs("system.accounts")
def post_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Two steps without JavaScript: find the unit, then role, area and days."""
    account = _account(pk)
    unit_id = request.POST.get("unit") or request.GET.get("unit") or ""
    if not unit_id.isdigit():
        search = UnitSearchForm(request.GET or None)
        found = (
            selectors.search_units(search.cleaned_data["q"].strip(), day=clock.today())
            if search.is_valid()
            else None
        )
        context = {"account": account, "form": search, "found": found}
        return render(request, "org/post_unit.html", context)
    unit = get_object_or_404(Unit.objects.select_related("area"), pk=int(unit_id))
    form = PostForm(
        request.POST or None,
        unit=unit,
        areas=selectors.post_areas(unit),
        initial={"valid_from": clock.today()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            organising.create_post(
                person=account.person,
                unit=unit,
                at=clock.now(),
                by=access.post_for(request, "system.accounts"),
                address=access.address_of(request),
                **form.cleaned_data,
            )
        except OrganisationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "岗位已登记")
            return redirect("account_detail", pk)
    return render(request, "org/post_new.html", {"account": account, "unit": unit, "form": form})


@require_POST
@needs("system.accounts")
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("person__account"), pk=pk)
    form = EndPostForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写岗位的最后一天")
    else:
        try:
            organising.end_post(
                post=post,
                last_day=form.cleaned_data["last_day"],
                at=clock.now(),
                by=access.post_for(request, "system.accounts"),
                address=access.address_of(request),
            )
        except OrganisationError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "岗位已结束")
    return redirect("account_detail", post.person.account.pk)


def _end_form(post: Post, by: ActingPost) -> EndPostForm | None:
    """The form that ends a post, with ids of its own; None where there is nothing to end."""
    today = clock.today()
    if by.person_id == post.person_id or (post.valid_to is not None and post.valid_to < today):
        return None
    return EndPostForm(auto_id=f"id_%s_{post.pk}", initial={"last_day": today})


def _account(pk: int) -> Account:
    return get_object_or_404(Account.objects.select_related("person"), pk=pk)


def _change(
    request: HttpRequest, pk: int, service: Callable[..., object], done: str
) -> HttpResponse:
    try:
        service(
            account=_account(pk),
            at=clock.now(),
            by=access.post_for(request, "system.accounts"),
            address=access.address_of(request),
        )
    except AccountError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("account_detail", pk)


def _resetting(request: HttpRequest, account: Account) -> ActingPost | None:
    """The post in which this may be done, or None."""
    held = access.posts(request)
    system = next((p for p in held if p.may("system.accounts")), None)
    if system is not None:
        return system
    theirs = selectors.posts_of(account.person_id, clock.today())
    if any(ROLES[p.role].exclusive for p in theirs):
        return next((p for p in held if p.may("system.policy")), None)
    return None


def _first_password(
    request: HttpRequest, made: accounts.FirstPassword, heading: str
) -> HttpResponse:
    return render(request, "org/first_password.html", {"made": made, "heading": heading})


def _page_url(kept: dict[str, str], way: str, position: str) -> str:
    return f"?{urlencode({**kept, way: position})}" if position else ""
