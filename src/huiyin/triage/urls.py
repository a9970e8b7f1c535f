from __future__ import annotations

from django.urls import path

from huiyin.triage.views import catalogue

urlpatterns = [
    path("catalogue/", catalogue.catalogue_list, name="catalogue_list"),
    path("catalogue/new/", catalogue.catalogue_edit, name="catalogue_new"),
    path("catalogue/<slug:code>/", catalogue.catalogue_edit, name="catalogue_edit"),
    path("catalogue/<slug:code>/end/", catalogue.catalogue_end, name="catalogue_end"),
]
