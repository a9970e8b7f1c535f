from django.db import migrations

#: Scopes (units are odd: org.rules.grants) of units whose part ended before another one began.
WITHDRAW = """
DELETE FROM cases_scope s USING (
    SELECT a.case_id, a.unit_id, max(a.ended_at) AS left_at
    FROM cases_assignment a GROUP BY a.case_id, a.unit_id
    HAVING count(*) FILTER (WHERE a.ended_at IS NULL) = 0
) gone
WHERE s.case_id = gone.case_id AND s.scope_id = gone.unit_id * 2 + 1
  AND EXISTS (SELECT 1 FROM cases_assignment b WHERE b.case_id = gone.case_id
              AND b.unit_id <> gone.unit_id AND b.dispatched_at >= gone.left_at)
"""


class Migration(migrations.Migration):
    """A case that went to another unit is not read any more by the one that had it."""

    dependencies = [("cases", "0010_callback_sample_self")]

    operations = [migrations.RunSQL(WITHDRAW, migrations.RunSQL.noop)]
