from __future__ import annotations

from django.urls import path

from huiyin.org.views import calendar, people, policy, records, roster, signing_in

urlpatterns = [
    path("login/", signing_in.login, name="login"),
    path("logout/", signing_in.logout, name="logout"),
    path("password/", signing_in.change_password, name="change_password"),
    path("second-factor/", signing_in.second_factor, name="second_factor"),
    path("accounts/", people.account_list, name="account_list"),
    path("accounts/new/", people.account_new, name="account_new"),
    path("accounts/<int:pk>/", people.account_detail, name="account_detail"),
    path(
        "accounts/<int:pk>/password/", people.account_reset_password, name="account_reset_password"
    ),
    path("accounts/<int:pk>/unlock/", people.account_unlock, name="account_unlock"),
    path("accounts/<int:pk>/disable/", people.account_disable, name="account_disable"),
    path("accounts/<int:pk>/enable/", people.account_enable, name="account_enable"),
    path(
        "accounts/<int:pk>/second-factor/", people.account_reset_second_factor,
        name="account_reset_second_factor",
    ),
    path("accounts/<int:pk>/posts/new/", people.post_new, name="post_new"),
    path("posts/<int:pk>/end/", people.post_end, name="post_end"),
    path("defaults/", policy.default_list, name="default_list"),
    path("defaults/<slug:provider>/add/", policy.default_add, name="default_add"),
    path("defaults/<slug:provider>/<str:key>/", policy.default_edit, name="default_edit"),
    path("on-call/", roster.roster, name="on_call"),
    path("on-call/<int:pk>/withdraw/", roster.withdraw, name="on_call_withdraw"),
    path("defaults/<slug:provider>/", policy.default_group, name="default_group"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/<int:year>/", calendar.calendar_year, name="calendar_year"),
    path("calendar/<int:year>/enter/", calendar.calendar_enter, name="calendar_enter"),
    path("calendar/<int:year>/<int:month>/<int:day>/", calendar.calendar_day, name="calendar_day"),
    path("audit/", records.audit_list, name="audit_list"),
    path("audit/verify/", records.audit_verify, name="audit_verify"),
    path("errors/", records.error_list, name="error_list"),
]  # fmt: skip
