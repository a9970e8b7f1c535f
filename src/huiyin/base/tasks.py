"""Jobs of the ground: a killed worker leaves its jobs in `doing`; they are taken up again."""

from __future__ import annotations

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app

from huiyin.base.services.jobs import job


@job("base.rescue_jobs", every="* * * * *")
def rescue_jobs() -> None:
    """Retry jobs whose worker has not been heard of for a minute."""
    async_to_sync(_rescue)()


async def _rescue() -> None:
    for stalled in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        await app.job_manager.retry_job(stalled)
