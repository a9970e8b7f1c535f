"""Addresses of pages that join apps. Each part has its own list; a new one adds its list here."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.portal.views import dashboard, posters, public

_PUBLIC: list[URLPattern] = [
    path("", public.home, name="home"),
    path("q/<slug:token>", public.short_link, name="short_link"),
    path("q/<slug:token>/", public.short_link),
]

#: QR codes on paper, for staff.
_POSTERS: list[URLPattern] = [
    path("work/posters/", posters.poster_list, name="poster_list"),
    path("work/posters/print/", posters.poster_print, name="poster_print"),
    path("work/posters/<slug:token>.<slug:form>", posters.poster_code, name="poster_code"),
]

#: Numbers of one's own role.
_NUMBERS: list[URLPattern] = [
    path("work/dashboard/", dashboard.dashboard, name="dashboard"),
]

urlpatterns: list[URLPattern] = [*_PUBLIC, *_POSTERS, *_NUMBERS]
