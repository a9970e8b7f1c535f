"""SQL that makes a table append-only, whoever asks: UPDATE, DELETE and TRUNCATE raise.

The login of the web has no such right either; the trigger is for the owner and superusers.
A superuser can still disable triggers: `huiyin ledger verify` finds what was changed then.
"""

from __future__ import annotations

FUNCTION = """
CREATE OR REPLACE FUNCTION huiyin_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '台账只增不改：% 不允许 %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'HY001';
END $$;
"""


def protect(table: str) -> str:
    """SQL of the two triggers on `table`; needs FUNCTION to exist."""
    return f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION huiyin_refuse_change();
CREATE TRIGGER {table}_table_stays BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION huiyin_refuse_change();
"""


def unprotect(table: str) -> str:
    """SQL that takes the triggers away again (reverse migration of an empty table)."""
    return f"""
DROP TRIGGER IF EXISTS {table}_rows_stay ON {table};
DROP TRIGGER IF EXISTS {table}_table_stays ON {table};
"""


#: Tables on which the web login has INSERT and SELECT only.
APPEND_ONLY_TABLES = (
    "base_audit_row",
    "cases_event",
    "cases_duty",
    "cases_unit_duty",
    "cases_seal",
    "cases_on_spot_draw",
    "registers_row_version",
    "indicators_snapshot",
    "indicators_correction",
)
