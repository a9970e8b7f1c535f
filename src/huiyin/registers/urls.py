from __future__ import annotations

from django.urls import path

from huiyin.registers.views import lists, paste, periods, rows, rules, tally

urlpatterns = [
    path("registers/", lists.index, name="register_index"),
    path("registers/locks/", periods.lock_list, name="lock_list"),
    path("registers/locks/<int:pk>/", periods.lock_detail, name="lock_detail"),
    path("registers/locks/<int:pk>/lift/", periods.lift, name="lift_lock"),
    path("registers/months/", periods.month_list, name="month_list"),
    path("registers/months/close/", periods.close_month, name="close_month"),
    path("registers/<slug:code>/", lists.rows, name="register_rows"),
    path("registers/rules/standing/", rules.standing, name="rules_standing"),
    path("registers/<slug:code>/tally/", tally.tally, name="register_tally"),
    path("registers/tally/<int:pk>/delete/", tally.forget, name="saved_tally_delete"),
    path("registers/<slug:code>/new/", rows.new, name="register_new"),
    path("registers/<slug:code>/paste/", paste.paste, name="register_paste"),
    path("registers/<slug:code>/import/", rows.upload, name="register_upload"),
    path("registers/<slug:code>/template/", lists.template, name="register_template"),
    path("registers/<slug:code>/export/", lists.export, name="register_export"),
    path("registers/<slug:code>/print/", lists.printed, name="register_print"),
    path("registers/<slug:code>/<int:pk>/", rows.row, name="register_row"),
    path("registers/<slug:code>/<int:pk>/edit/", rows.edit, name="register_edit"),
    path("registers/<slug:code>/<int:pk>/withdraw/", rows.withdraw, name="register_withdraw"),
]
