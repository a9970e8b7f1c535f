"""Addresses of paperwork. Each part has its own list."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiyin.paperwork.views import (
    articles,
    blank_forms,
    kept_papers,
    material,
    papers,
    settling,
)

#: Articles checked against the ledgers.
_ARTICLES: list[URLPattern] = [
    path("articles/", articles.article_list, name="article_list"),
    path("articles/new/", articles.article_new, name="article_new"),
    path("articles/<int:pk>/", articles.article_detail, name="article_detail"),
    path("articles/<int:pk>/sheet/", articles.article_sheet, name="article_sheet"),
    path("articles/<int:pk>/again/", articles.article_again, name="article_again"),
    path("articles/<int:pk>/figures/<int:figure>/", articles.article_figure, name="article_figure"),
]

#: Headings with their numbers.
_MATERIAL: list[URLPattern] = [
    path("materials/", material.material, name="material"),
]

#: Official papers made of numbers.
_PAPERS: list[URLPattern] = [
    path("papers/", papers.papers, name="papers"),
    path("papers/keep/", kept_papers.keep, name="paper_keep"),
    path("papers/kept/", kept_papers.kept_list, name="kept_papers"),
    path("papers/kept/<int:pk>/", kept_papers.kept_paper, name="kept_paper"),
    path("papers/kept/<int:pk>/scan/", kept_papers.scan, name="kept_paper_scan"),
]

#: Blank forms from above.
_FORMS: list[URLPattern] = [
    path("forms/", blank_forms.form_list, name="form_list"),
    path("forms/new/", blank_forms.form_upload, name="form_upload"),
    path("forms/twice/", blank_forms.form_twice, name="form_twice"),
    path("forms/<int:pk>/", blank_forms.form_detail, name="form_detail"),
    path("forms/<int:pk>/edit/", blank_forms.form_edit, name="form_edit"),
    path("forms/<int:pk>/fill/", blank_forms.form_fill, name="form_fill"),
    path("forms/<int:pk>/cells/<int:cell>/", settling.form_cell, name="form_cell"),
]

urlpatterns: list[URLPattern] = [*_FORMS, *_ARTICLES, *_MATERIAL, *_PAPERS]
