"""What the resident takes home: a number that can be read aloud, a code for those without phone."""

from __future__ import annotations

import hashlib
import hmac

CODE_DIGITS = 6


def grouped_number(number: str) -> str:
    """'S00001234' → 'S000 0123-4': in groups to be read aloud on the telephone. Pages write the number
    as it is, everywhere the same; typed with blanks it is found too."""
    letter, digits, check = number[:1], number[1:-1], number[-1:]
    head = len(digits) - 4
    return f"{letter}{digits[:head]} {digits[head:]}-{check}"


def secret_code(client_id: str, number: str, key: bytes) -> str:
    """Six digits with which somebody without a phone follows a report.

    Computed anew whenever the same submission asks, so that it stands nowhere; the contact keeps
    only its keyed index.
    """
    digest = hmac.new(key, f"code:{client_id}:{number}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def grouped_code(code: str) -> str:
    """'482913' → '482 913'."""
    return f"{code[:3]} {code[3:]}"


def fingerprint(parts: list[tuple[str, str]], key: bytes) -> str:
    """Keyed digest of what a form carried (name, value; files by their own digest), as hex.

    Keyed, because a digest of a phone number and two words could be tried out.
    """
    text = "\x1e".join(f"{name}\x1f{value}" for name, value in sorted(parts))
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
