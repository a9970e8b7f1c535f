"""Jobs by name, enqueued in the caller's transaction: a rollback drops them. Ids only, never text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import procrastinate
from procrastinate.contrib.django import app as _app

Job = Callable[..., Any]
_registry: dict[str, tuple[Job, dict[str, Any]]] = {}


def job(name: str, *, every: str | None = None) -> Callable[[Job], Job]:
    """Register a function as a job; `every` = cron expression (five fields, Asia/Shanghai is +8)."""

    def register(function: Job) -> Job:
        if name in _registry:
            raise ValueError(f"job declared twice: {name}")
        _registry[name] = (function, {"every": every})
        return function

    return register


def defer(name: str, **ids: int | str) -> None:
    """Enqueue a job by name in the current transaction."""
    if name not in _registry:
        raise LookupError(f"no such job: {name}")
    _app.configure_task(name).defer(**ids)


def registered() -> dict[str, Job]:
    """Every job by name (for the architecture tests and the worker)."""
    return {name: function for name, (function, _) in _registry.items()}


def on_app_ready(app: procrastinate.App) -> None:
    """Give procrastinate the registered jobs, with retries; called once by its Django app."""
    for name, (function, options) in _registry.items():
        declare = app.task(
            name=name,
            retry=procrastinate.RetryStrategy(max_attempts=5, exponential_wait=4),
            queueing_lock=name if options["every"] else None,
        )
        task = declare(_closing_connections(function, periodic=bool(options["every"])))
        if options["every"]:
            app.periodic(cron=options["every"])(task)


def _closing_connections(function: Job, *, periodic: bool) -> Job:
    from django.db import close_old_connections

    def run(*args: Any, **kwargs: Any) -> Any:
        close_old_connections()
        try:
            if periodic:
                return function()  # the timestamp of the period is not ours: `at` is read here
            return function(*args, **kwargs)
        finally:
            close_old_connections()

    run.__name__ = function.__name__
    return run
