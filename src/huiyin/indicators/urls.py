from __future__ import annotations

from django.urls import path

from huiyin.indicators.views import definitions, numbers, published

urlpatterns = [
    path("", numbers.indicator_list, name="indicator_list"),
    path("definitions/", definitions.definition_list, name="definition_list"),
    path("published/", published.snapshot_list, name="snapshot_list"),
    path("published/<int:pk>/", published.snapshot_detail, name="snapshot_detail"),
    path("published/<int:pk>/check/", published.check_snapshot, name="check_snapshot"),
    path("<slug:code>/", numbers.indicator_detail, name="indicator_detail"),
    path("<slug:code>/publish/", published.publish, name="publish"),
    path("<slug:code>/rows.csv", numbers.indicator_rows, name="indicator_rows"),
]
