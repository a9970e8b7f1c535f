from django.db import migrations

from huiyin.base.rules.append_only import FUNCTION, protect, unprotect


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION huiyin_refuse_change()"),
        migrations.RunSQL(protect("base_audit_row"), unprotect("base_audit_row")),
    ]
