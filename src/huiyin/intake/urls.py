"""Addresses of intake. Each way in has its own list; a new one adds its list here.

desk and importing join when their modules are there: `from huiyin.intake.views import desk`,
then `*_DESK` below.
"""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.intake.views import following, importing, public

_PUBLIC: list[URLPattern] = [
    path("report/", public.report, name="report"),
    path("report/look/", public.look, name="report_look"),
    path("report/places/", public.place_search, name="report_places"),
    path("report/voice/", public.voice, name="report_voice"),
    path("report/done/<str:number>/", public.done, name="report_done"),
    path("track/", following.track, name="track"),
    path("track/<str:number>/", following.followed, name="followed"),
    path("track/<str:number>/answer/", following.answer, name="answer"),
    path("track/<str:number>/back-again/", following.back_again, name="back_again"),
    path("track/<str:number>/files/<int:attachment>/", following.own_file, name="own_file"),
]
#: Phone desk: path("work/desk/", …)
_DESK: list[URLPattern] = []
#: Excel and pasted text: path("work/import/", …)
_IMPORTING: list[URLPattern] = [
    path("work/import/", importing.import_list, name="import_list"),
    path("work/import/<int:pk>/", importing.import_detail, name="import_detail"),
    path("work/import/<int:pk>/columns/", importing.import_columns, name="import_columns"),
    path("work/import/<int:pk>/start/", importing.import_start, name="import_start"),
    path("work/import/<int:pk>/stop/", importing.import_stop, name="import_stop"),
    path("work/import/<int:pk>/progress/", importing.import_progress, name="import_progress"),
    path("work/import/<int:pk>/receipt/", importing.import_receipt, name="import_receipt"),
]

urlpatterns: list[URLPattern] = [*_PUBLIC, *_DESK, *_IMPORTING]
