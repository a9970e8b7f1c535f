"""Newer code over an older installation: what it may be set to is there, what was set stays."""

from __future__ import annotations

import pytest

from huiyin.base.models import LocalDefault
from huiyin.base.services.seeding import seed_local_defaults
from huiyin.config import database


@pytest.mark.django_db
def test_an_upgraded_installation_gets_the_defaults_that_are_new() -> None:
    seed_local_defaults()
    gone = LocalDefault.objects.order_by("code").first()
    kept = LocalDefault.objects.order_by("code").last()
    assert gone is not None
    assert kept is not None
    kept.value, kept.document = 77, "水政办发〔2025〕12号"
    kept.save()
    code = gone.code
    gone.delete()

    assert database.add_new_defaults() == 1
    assert LocalDefault.objects.filter(pk=code).exists()
    assert LocalDefault.objects.get(pk=kept.pk).value == 77


@pytest.mark.django_db
def test_an_installation_without_any_is_left_to_its_seed() -> None:
    LocalDefault.objects.all().delete()

    assert database.add_new_defaults() == 0
    assert not LocalDefault.objects.exists()
