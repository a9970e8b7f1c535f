"""Sign-in by account name; what one may do comes from posts, not from the account."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest

from huiyin.org.models import Account


class AccountBackend(BaseBackend):
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Account | None:
        account = Account.objects.filter(username=username or "").first()
        if account is None:
            make_password(password)  # the same time as for a name that exists
            return None
        if account.is_active and check_password(password, account.password):
            return account
        return None

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.select_related("person").filter(pk=user_id, is_active=True).first()
