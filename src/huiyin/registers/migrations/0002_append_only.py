from django.db import migrations

from huiyin.base.rules.append_only import protect, unprotect

TABLE = "registers_row_version"


class Migration(migrations.Migration):
    """What was ever said of a row stays."""

    dependencies = [("registers", "0001_initial"), ("base", "0002_append_only")]
    operations = [migrations.RunSQL(protect(TABLE), unprotect(TABLE))]
