"""huiyin db status: what PostgreSQL says, also of the ledger."""

from __future__ import annotations

import json
from typing import Any

import pytest

from huiyin.config import command


@pytest.mark.django_db
def test_status_tells_that_the_login_of_tests_may_empty_the_ledger(capsys: Any) -> None:
    assert command.main(["db", "status", "--json"]) == command.DONE

    said = json.loads(capsys.readouterr().out)
    assert said["ledger_protected"] is False
    assert said["ledger_weaknesses"][0].startswith("网页账号 huiyin_web 有权改删（base_audit_row")
