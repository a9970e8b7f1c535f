from django.db import migrations

FILL = """
UPDATE cases_deadline d SET start_word = '发回重办', explanation = replace(explanation, ' 派出', ' 发回重办')
FROM cases_event e
WHERE d.what = 'handle' AND d.start_word = ''
  AND e.case_id = d.case_id AND e.action = 'rework_ordered' AND e.at = d.start_at
"""


class Migration(migrations.Migration):
    """Clocks that a rework has started so far."""

    dependencies = [("cases", "0017_deadline_start_word")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
