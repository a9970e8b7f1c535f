"""Who dispatched stands in the event of the same moment; what was given back rightly was a wrong unit."""

from __future__ import annotations

from django.db import migrations

FILL = """
UPDATE cases_assignment a SET dispatched_by_id = p.unit_id
  FROM cases_event e JOIN org_post p ON p.id = e.post_id
 WHERE a.dispatched_by_id IS NULL AND e.case_id = a.case_id AND e.at = a.dispatched_at
   AND e.action IN ('dispatched', 'redispatched', 'return_granted');
UPDATE cases_assignment SET misdispatched = TRUE WHERE returned_at IS NOT NULL AND NOT misdispatched;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_dispatched_by")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
