"""Addresses of intake. Each way in has its own list; a new one adds its list here."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.intake.views import (
    desk,
    following,
    import_template,
    importing,
    knowledge,
    mediation,
    on_spot,
    paste,
    public,
)

_PUBLIC: list[URLPattern] = [
    path("report/", public.report, name="report"),
    path("report/look/", public.look, name="report_look"),
    path("report/places/", public.place_search, name="report_places"),
    path("report/map/", public.place_map, name="report_map"),
    path("report/voice/", public.voice, name="report_voice"),
    path("report/done/<str:number>/", public.done, name="report_done"),
    path("track/", following.track, name="track"),
    path("track/<str:number>/", following.followed, name="followed"),
    path("track/<str:number>/answer/", following.answer, name="answer"),
    path("track/<str:number>/back-again/", following.back_again, name="back_again"),
    path("track/<str:number>/files/<int:attachment>/", following.own_file, name="own_file"),
]
#: Phone desk, pasted chats, findings on the spot, mediation, answers that are read aloud.
_DESK: list[URLPattern] = [
    path("work/desk/", desk.desk, name="desk"),
    path("work/desk/hints/", desk.desk_hints_panel, name="desk_hints"),
    path("work/desk/caller/", desk.desk_caller, name="desk_caller"),
    path("work/desk/places/", desk.desk_places, name="desk_places"),
    path("work/desk/danger/", on_spot.danger_look, name="danger_look"),
    path("work/desk/done/<str:number>/", desk.desk_done, name="desk_done"),
    path("work/desk/paste/", paste.paste, name="paste"),
    path("work/on-spot/", on_spot.on_spot, name="on_spot"),
    path("work/on-spot/done/<str:number>/", on_spot.on_spot_done, name="on_spot_done"),
    path("work/mediation/new/", mediation.mediation_new, name="mediation_new"),
    path("work/answers/", knowledge.answer_list, name="answer_list"),
    path("work/answers/new/", knowledge.answer_edit, name="answer_new"),
    path("work/answers/<int:pk>/", knowledge.answer_edit, name="answer_edit"),
]
#: Excel: path("work/import/", …)
_IMPORTING: list[URLPattern] = [
    path("work/import/", importing.import_list, name="import_list"),
    path("work/import/template/", import_template.import_template, name="import_template"),
    path("work/import/<int:pk>/", importing.import_detail, name="import_detail"),
    path("work/import/<int:pk>/columns/", importing.import_columns, name="import_columns"),
    path("work/import/<int:pk>/start/", importing.import_start, name="import_start"),
    path("work/import/<int:pk>/stop/", importing.import_stop, name="import_stop"),
    path("work/import/<int:pk>/progress/", importing.import_progress, name="import_progress"),
    path("work/import/<int:pk>/receipt/", importing.import_receipt, name="import_receipt"),
]

urlpatterns: list[URLPattern] = [*_PUBLIC, *_DESK, *_IMPORTING]
