"""Jobs of intake: the clock is read here."""

from __future__ import annotations

import logging

from huiyin.base import clock
from huiyin.base.services.jobs import job
from huiyin.intake.services import forgetting, import_hints, import_runs, learning

log = logging.getLogger("huiyin.intake")


@job(import_runs.JOB)
def import_reports(run: int) -> None:
    """Carry an import out and write how it ended. A killed worker's one is taken up again."""
    try:
        done = import_runs.carry_out(run_id=run, suggest=import_hints.suggest_rows)
    except Exception:
        log.exception("import broke off", extra={"run": run})
        import_runs.broken_off(run_id=run, at=clock.now())
        return
    if done.ended_at is None:
        import_runs.ended(run=done, at=clock.now())


@job("intake.forget_imports", every="17 3 * * *")
def forget_imports() -> None:
    """Files that nobody starts and receipts whose term is over go."""
    import_runs.forget(at=clock.now())


@job("intake.forget_sounds", every="27 3 * * *")
def forget_sounds() -> None:
    """Recordings that were written down long enough ago go."""
    forgetting.forget_sounds(at=clock.now())


@job("intake.learn", every="41 2 * * *")
def learn() -> None:
    """Each night triage learns from what people confirmed."""
    learning.learn(at=clock.now())
