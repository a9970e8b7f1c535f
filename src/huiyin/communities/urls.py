from __future__ import annotations

from django.urls import path

from huiyin.communities.views import locating

urlpatterns = [
    path("compounds/", locating.compound_list, name="compound_list"),
    path("compounds/import/", locating.coordinates_import, name="coordinates_import"),
    path("compounds/template/", locating.coordinates_template, name="coordinates_template"),
    path("compounds/<int:pk>/", locating.compound_point, name="compound_point"),
    path("compounds/<int:pk>/map/", locating.compound_map, name="compound_map"),
]
