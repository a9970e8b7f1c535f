"""/work/dashboard/: the numbers of one's own role. Units stand by name, never by rate."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiyin.base import clock
from huiyin.base.rules.tables import Tab
from huiyin.base.selectors import local_value
from huiyin.indicators import registry
from huiyin.indicators import views as numbers
from huiyin.indicators.rules import dashboards as rules
from huiyin.indicators.selectors import targets_at
from huiyin.indicators.services import dashboards
from huiyin.org import access
from huiyin.org.rules.grants import ROLES, ActingPost
from huiyin.org.rules.kinds import ROLE_LABELS
from huiyin.org.selectors import children_of


@require_GET
@access.needs()
def dashboard(request: HttpRequest) -> HttpResponse:
    """One post's dashboard; with several posts, a tab for each. `screen`: for a wall, without menu."""
    posts = [p for p in access.posts(request) if rules.sections_of(p.role)]
    if not posts:
        raise PermissionDenied("您的岗位没有看板，可以从“指标”里查看数字")
    post = next((p for p in posts if str(p.post_id) == request.GET.get("post")), posts[0])
    sections = rules.sections_of(post.role)
    codes = {code for s in sections for code in (*s.tiles, *(c.code for c in s.charts))}
    grants = ROLES[post.role].grants
    what = numbers.asked(request, [post], *({registry.get(c).grant for c in codes} & grants))
    below = list(children_of(what.area, day=clock.today())[: dashboards.MOST_BARS])
    screen = "screen" in request.GET
    page = "portal/dashboard_screen.html" if screen else "portal/dashboard.html"
    response = render(request, page, {
        "sections": dashboards.shown(
            sections, may=grants, part=what.part, period=what.period, areas=below,
            least=int(local_value("board.min_cases")),
            aims=targets_at(what.area, what.period.last),
        ),
        "least": int(local_value("board.min_cases")), "tabs": _tabs(posts, post), "post": post,
        "now": clock.now(), **numbers.frame(what),
    })  # fmt: skip
    if screen:  # nobody stands at a wall to press a key
        response["Refresh"] = "300"
    return response


def _tabs(posts: list[ActingPost], post: ActingPost) -> list[Tab]:
    if len(posts) < 2:
        return []
    return [
        Tab(f"{ROLE_LABELS[p.role]}（{p.unit_name}）", f"?post={p.post_id}", current=p is post)
        for p in posts
    ]
