from __future__ import annotations

from django.urls import path

from huiyin.indicators import views

urlpatterns = [
    path("", views.indicator_list, name="indicator_list"),
    path("<slug:code>/", views.indicator_detail, name="indicator_detail"),
    path("<slug:code>/rows.csv", views.indicator_rows, name="indicator_rows"),
]
