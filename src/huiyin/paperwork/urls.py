from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.paperwork.views import material

#: Headings with their numbers.
_MATERIAL: list[URLPattern] = [
    path("materials/", material.material, name="material"),
]

urlpatterns: list[URLPattern] = [*_MATERIAL]
