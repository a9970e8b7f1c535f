from django.db import migrations

FILL = "UPDATE cases_handover_item SET key = 'case:' || case_id WHERE key = ''"


class Migration(migrations.Migration):
    """What stood on sheets so far were cases."""

    dependencies = [("cases", "0014_handover_sections")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
