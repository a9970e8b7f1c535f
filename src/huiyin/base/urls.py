from __future__ import annotations

from django.conf import settings
from django.urls import path

from huiyin.base import views

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("help/", views.help, name="help"),
    path("burden/", views.burden_complaint, name="burden_complaint"),
    path("burden/done/", views.burden_complaint_done, name="burden_complaint_done"),
]
if settings.DEBUG:
    from huiyin.base import style

    urlpatterns += [
        path("style/", style.style, name="style"),
        path("style/<slug:page>/", style.style, name="style_page"),
    ]
