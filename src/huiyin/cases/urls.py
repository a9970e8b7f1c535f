from __future__ import annotations

from django.urls import path

from huiyin.cases.views import board

urlpatterns = [
    path("board/", board.board, name="board"),
]
