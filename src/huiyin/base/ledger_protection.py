"""Whether PostgreSQL itself keeps the web login from changing what is append-only. Asked, not assumed.

Two URLs say nothing: the second login may be a superuser, own the tables, or hold rights on them.
"""

from __future__ import annotations

from functools import cache

from django.db import connections

from huiyin.base.rules.append_only import APPEND_ONLY_TABLES

_ASK = """
SELECT t, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
       pg_has_role(c.relowner, 'MEMBER'),
       has_any_column_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')
         OR has_table_privilege(c.oid, 'TRUNCATE'),
       EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND g.tgname = t || '_rows_stay'
               AND g.tgenabled <> 'D')
FROM unnest(%s::text[]) t LEFT JOIN pg_class c ON c.oid = to_regclass(t)
"""


def weaknesses() -> list[str]:
    """Why the ledger is not protected from the web login, in words; empty when it is.

    On a connection of its own, so that it neither counts among a page's queries nor joins their
    transaction.
    """
    asking = connections["default"].copy()
    try:
        with asking.cursor() as cursor:
            cursor.execute(_ASK, [list(APPEND_ONLY_TABLES)])
            rows = cursor.fetchall()
    finally:
        asking.close()
    login = asking.settings_dict["USER"] or "网页账号"
    missing = [t for t, _, owns, _, _ in rows if owns is None]
    if missing:
        return [f"台账表还没有建立（{'、'.join(missing)}）"]
    if rows[0][1]:
        return [f"网页账号 {login} 是超级用户"]
    found = []
    if owned := [t for t, _, owns, _, _ in rows if owns]:
        found.append(f"网页账号 {login} 就是所有者（{'、'.join(owned)}）")
    elif may := [t for t, _, _, may, _ in rows if may]:
        found.append(f"网页账号 {login} 有权改删（{'、'.join(may)}）")
    if bare := [t for t, *_, guarded in rows if not guarded]:
        found.append(f"防改触发器没有或停用了（{'、'.join(bare)}）")
    return found


@cache
def protected() -> bool:
    """The same as yes or no, asked once per process: each screen of staff says it."""
    return not weaknesses()


def words(found: list[str]) -> str:
    """What is wrong and what to do, for the screen of whoever runs it."""
    return (
        f"台账未受数据库保护：{'；'.join(found)}。"
        "请用两个普通账号：DATABASE_OWNER_URL 为所有者，DATABASE_URL 为网页账号，然后运行 huiyin db migrate"
    )
