from __future__ import annotations

from django.urls import path

from huiyin.cases.views import board, handovers, recusals, statements

urlpatterns = [
    path("board/", board.board, name="board"),
    path("recusals/", recusals.recusal_list, name="recusals"),
    path("recusals/<int:pk>/end/", recusals.end_recusal, name="end_recusal"),
    path("statements/", statements.statement_list, name="statements"),
    path("statements/<int:pk>/", statements.answer_statement, name="answer_statement"),
    path("handovers/", handovers.handover_list, name="handovers"),
    path("handovers/<int:pk>/take-over/", handovers.take_over, name="take_over"),
]
