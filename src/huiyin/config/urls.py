"""URLs of the whole site; the stable ones are listed in docs/architecture.md."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("huiyin.base.urls")),
    path("work/", include("huiyin.org.urls")),
    path("work/", include("huiyin.cases.urls")),
    path("work/", include("huiyin.triage.urls")),
    path("work/", include("huiyin.registers.urls")),
    path("data/", include("huiyin.indicators.urls")),
    path("work/", include("huiyin.paperwork.urls")),
    path("work/", include("huiyin.communities.urls")),
    path("", include("huiyin.intake.urls")),
    path("", include("huiyin.portal.urls")),
]
handler404 = "huiyin.base.views.not_found"
handler403 = "huiyin.base.views.forbidden"
handler500 = "huiyin.base.views.server_error"
