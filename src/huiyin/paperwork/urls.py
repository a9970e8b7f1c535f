from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.paperwork.views import material, papers

#: Headings with their numbers.
_MATERIAL: list[URLPattern] = [
    path("materials/", material.material, name="material"),
]

#: Official papers made of numbers.
_PAPERS: list[URLPattern] = [
    path("papers/", papers.papers, name="papers"),
]

urlpatterns: list[URLPattern] = [*_MATERIAL, *_PAPERS]
