"""A request id, one log line per request, and a short code for an unexpected error."""

from __future__ import annotations

import logging
import secrets
import time
import traceback
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.base import clock
from huiyin.base.models import ErrorReport

log = logging.getLogger("huiyin.request")
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def short_code(length: int = 8) -> str:
    """A code that can be read over the phone: no 0/O, 1/I."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


class RequestLog:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = secrets.token_hex(6)
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        log.info(
            "request",
            extra={
                "fields": {
                    "request": request_id,
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "ms": round((time.perf_counter() - started) * 1000),
                    "account": getattr(getattr(request, "user", None), "pk", None),
                }
            },
        )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        from django.core.exceptions import PermissionDenied, SuspiciousOperation
        from django.http import Http404

        if isinstance(error, Http404 | PermissionDenied | SuspiciousOperation):
            return None
        code = short_code()
        frames = traceback.extract_tb(error.__traceback__)
        ErrorReport.objects.create(
            code=code,
            at=clock.now(),
            path=request.path[:200],
            kind=type(error).__name__,
            trace="\n".join(f"{f.filename}:{f.lineno} {f.name}" for f in frames[-12:]),
        )
        log.error("unexpected", exc_info=error, extra={"fields": {"code": code}})
        return render(request, "500.html", {"code": code}, status=500)
