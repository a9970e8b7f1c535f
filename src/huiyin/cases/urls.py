from __future__ import annotations

from django.urls import path

from huiyin.cases.views import (
    board,
    bulk_action,
    case_action,
    case_detail,
    case_files,
    case_list,
    handovers,
    inbox,
    recusals,
    statements,
    topics,
    troubled,
)

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("cases/", case_list.case_list, name="case_list"),
    path("cases/saved/", case_list.save_filter, name="save_filter"),
    path("cases/saved/<int:pk>/drop/", case_list.drop_filter, name="drop_filter"),
    path("cases/bulk/<slug:action>/", bulk_action.bulk_action, name="bulk_action"),
    path("cases/<slug:number>/", case_detail.case_detail, name="case_detail"),
    path("cases/<slug:number>/pane/", case_detail.case_pane, name="case_pane"),
    path("cases/<slug:number>/print/", case_detail.case_print, name="case_print"),
    path("cases/<slug:number>/caller/", case_detail.same_caller, name="same_caller"),
    path("cases/<slug:number>/contact/", case_detail.reveal_contact, name="reveal_contact"),
    path("cases/<slug:number>/units/", case_detail.unit_choices, name="unit_choices"),
    path("cases/<slug:number>/do/<slug:action>/", case_action.case_action, name="case_action"),
    path("files/<int:pk>/", case_files.case_file, name="case_file"),
    path("stuck/", troubled.stuck, name="stuck"),
    path("supervision/", troubled.supervision, name="supervision"),
    path("board/", board.board, name="board"),
    path("topics/", topics.topics, name="topics"),
    path("recusals/", recusals.recusal_list, name="recusals"),
    path("recusals/<int:pk>/end/", recusals.end_recusal, name="end_recusal"),
    path("statements/", statements.statement_list, name="statements"),
    path("statements/<int:pk>/", statements.answer_statement, name="answer_statement"),
    path("handovers/", handovers.handover_list, name="handovers"),
    path("handovers/<int:pk>/take-over/", handovers.take_over, name="take_over"),
]
