"""Addresses of pages that join apps. Each part has its own list; a new one adds its list here."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.portal.views import public

_PUBLIC: list[URLPattern] = [
    path("", public.home, name="home"),
    path("q/<slug:token>", public.short_link, name="short_link"),
    path("q/<slug:token>/", public.short_link),
]

urlpatterns: list[URLPattern] = [*_PUBLIC]
