"""Rules run without Django (`pytest -p no:django`); what needs rows is then left out."""

from __future__ import annotations

from django.apps import apps

collect_ignore = []
if apps.ready:
    from huiyin.triage.tests.street import street  # noqa: F401  (a fixture)
else:
    collect_ignore.append("test_suggesting.py")
