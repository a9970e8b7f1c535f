"""Password rules of the classified protection scheme (等保三级, practice.md §8.4)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError


class LengthValidator:
    """At least so many characters; Django's own sentence for it has no Chinese yet."""

    def __init__(self, min_length: int = 8) -> None:
        self.min_length = min_length

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < self.min_length:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return f"密码至少 {self.min_length} 位。"


class FourKindsValidator:
    """At least three of: lower case, upper case, digits, signs."""

    def validate(self, password: str, user: object = None) -> None:
        kinds = sum(bool(re.search(p, password)) for p in (r"[a-z]", r"[A-Z]", r"\d", r"[^\w\s]"))
        if kinds < 3:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return "密码须含大写字母、小写字母、数字、符号中的至少三种。"
