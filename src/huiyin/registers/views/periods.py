"""Settled periods: locks with their allowances, and which unit closed its month."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.base import clock
from huiyin.base.rules.dates import parse_date
from huiyin.base.services import audit
from huiyin.org import access
from huiyin.org.models import Area
from huiyin.org.rules.grants import ActingPost
from huiyin.org.selectors import children_of
from huiyin.registers import registry, selectors
from huiyin.registers.forms import AllowForm, CloseForm, LiftForm, LockForm
from huiyin.registers.models import LateFact, PeriodLock
from huiyin.registers.services import locking
from huiyin.registers.services.locking import NewLock, NotLocked

PER_PAGE = 50
#: Units on the page of a month: a county has fewer communities.
UNITS = 300


@require_http_methods(["GET", "POST"])
@access.needs("period.lock", "month.close")
def lock_list(request: HttpRequest) -> HttpResponse:
    """The locks around one's places; locking one more on the same page."""
    posts = access.posts(request)
    may = any(p.may("period.lock") for p in posts)
    form = _lock_form(request) if may else None
    if request.method == "POST":
        post = access.post_for(request, "period.lock")
        assert form is not None
        if form.is_valid():
            try:
                made = locking.lock(NewLock(**form.cleaned_data), by=post, at=clock.now())
            except NotLocked as error:
                form.add_error(None, str(error))
            else:
                _record(request, post, "period_locked", f"period:{made.pk}", made.reason)
                messages.success(request, "已锁定；碰到的人会看到您写的理由")
                return redirect("lock_detail", made.pk)
    page = Paginator(selectors.locks_around(posts), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "registers/lock_list.html", {
        "page": page, "form": form, "rows": [(lock, _ledger(lock)) for lock in page],
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@access.needs("period.lock", "month.close")
def lock_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One lock: who may still enter until when; allowing one more unit."""
    lock = _find(request, pk)
    may = _may_change(request, lock)
    units = selectors.closing_units(lock.area, day=clock.today())
    form = AllowForm(request.POST or None, units=units,
                     initial={"until": clock.today() + timedelta(days=7)})  # fmt: skip
    if request.method == "POST":
        if not may:
            raise PermissionDenied("这个账期不归您的岗位锁定")
        post = access.post_for(request, "period.lock")
        if form.is_valid():
            try:
                locking.allow(lock, **form.cleaned_data, by=post, at=clock.now())
            except NotLocked as error:
                form.add_error(None, str(error))
            else:
                unit = form.cleaned_data["unit"]
                _record(request, post, "late_allowed", f"period:{pk}",
                        f"{unit.short_name} {form.cleaned_data['reason']}")  # fmt: skip
                messages.success(request, f"{unit.short_name}现在可以补录")
                return redirect("lock_detail", pk)
    return render(request, "registers/lock_detail.html", {
        "lock": lock, "ledger": _ledger(lock), "may": may, "form": form, "lift_form": LiftForm(),
        "allowances": lock.allowances.select_related("unit", "granted_by").order_by("-pk")[:100],
        "today": clock.today(),
    })  # fmt: skip


@require_POST
@access.needs("period.lock")
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the period again."""
    lock = _find(request, pk)
    if not _may_change(request, lock):
        raise PermissionDenied("这个账期不归您的岗位锁定")
    post = access.post_for(request, "period.lock")
    reason = request.POST.get("reason", "")
    try:
        locking.lift(lock, reason=reason, by=post, at=clock.now())
    except NotLocked as error:
        messages.error(request, str(error))
    else:
        _record(request, post, "period_opened", f"period:{pk}", reason)
        messages.success(request, "已解除锁定")
    return redirect("lock_detail", pk)


@access.needs("period.lock", "month.close")
def month_list(request: HttpRequest) -> HttpResponse:
    """One month: which units closed it and which did not, and what came late."""
    post = _post(request)
    area = Area.objects.get(pk=post.area_id)
    month = _month(request)
    units = list(selectors.closing_units(area, day=clock.today())[:UNITS])
    closes = selectors.closes_of(units, month)
    late = Paginator(selectors.late_facts(area, month), PER_PAGE).get_page(request.GET.get("page"))
    mine = next((p for p in access.posts(request) if p.may("month.close")), None)
    over = month < clock.today().replace(day=1)
    return render(request, "registers/month_list.html", {
        "month": month, "before": _shift(month, -1), "after": _shift(month, 1) if over else None,
        "area": area, "over": over, "rows": [(unit, closes.get(unit.pk)) for unit in units],
        "done": len(closes), "page": late, "late": [(fact, *_where(fact)) for fact in late],
        "mine": mine, "closed": mine and closes.get(mine.unit_id),
        "form": CloseForm(initial={"month": month}),
    })  # fmt: skip


@require_POST
@access.needs("month.close")
def close_month(request: HttpRequest) -> HttpResponse:
    """The unit's month is complete: what comes after is 补录."""
    post = access.post_for(request, "month.close")
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有写明是哪个月，请从月结页面再点一次")
        return redirect("month_list")
    month = form.cleaned_data["month"].replace(day=1)
    try:
        locking.close_month(month=month, note=form.cleaned_data["note"], by=post, at=clock.now())
    except NotLocked as error:
        messages.error(request, str(error))
    else:
        _record(request, post, "month_closed", f"month:{month:%Y-%m}", post.unit_name)
        messages.success(request, f"{post.unit_name}{month.year}年{month.month}月已月结")
    return redirect(f"{reverse('month_list')}?month={month:%Y-%m}")


def _lock_form(request: HttpRequest) -> LockForm:
    post = next(p for p in access.posts(request) if p.may("period.lock"))
    own = Area.objects.get(pk=post.area_id)
    last = clock.today().replace(day=1) - timedelta(days=1)
    return LockForm(
        request.POST or None, registers=[r for r in registry.all_registers() if r.kept and not r.everywhere],
        areas=[own, *children_of(own, day=clock.today())[:100]],
        initial={"area": own.pk, "first": last.replace(day=1), "last": last},
    )  # fmt: skip


def _find(request: HttpRequest, pk: int) -> PeriodLock:
    found = selectors.locks_around(access.posts(request)).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个锁定，或不在您的范围内")
    return found


def _may_change(request: HttpRequest, lock: PeriodLock) -> bool:
    """Whoever may lock that place may lift and allow; a lock from above is not theirs."""
    able = [p.area_id for p in access.posts(request) if p.may("period.lock")]
    paths = Area.objects.filter(pk__in=able).values_list("path", flat=True)
    return lock.lifted_at is None and any(lock.area.path.startswith(path) for path in paths)


def _post(request: HttpRequest) -> ActingPost:
    return next(p for p in access.posts(request) if p.may("period.lock") or p.may("month.close"))


def _month(request: HttpRequest) -> date:
    """The month of the address, the one before this where none or an unreadable one stands."""
    text = request.GET.get("month", "")
    try:
        return parse_date(f"{text}-01")
    except ValueError:
        return _shift(clock.today().replace(day=1), -1)


def _shift(month: date, months: int) -> date:
    whole = month.year * 12 + month.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def _ledger(lock: PeriodLock) -> str:
    return registry.get(lock.register).label if lock.register else "全部台账"


def _where(fact: LateFact) -> tuple[str, str]:
    """(label of the ledger, address of the row)."""
    label = registry.get(fact.register).label
    return label, reverse("register_row", args=[fact.register, fact.row])


def _record(request: HttpRequest, post: ActingPost, action: str, subject: str, reason: str) -> None:
    audit.record(
        at=clock.now(), person_id=post.person_id, person_name=post.person_name,
        post_id=post.post_id, address=access.address_of(request), action=action, subject=subject,
        reason=reason,
    )  # fmt: skip
