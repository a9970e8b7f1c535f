from django.db import migrations

from huiyin.base.rules.append_only import protect, unprotect

TABLES = ("indicators_snapshot", "indicators_correction")


class Migration(migrations.Migration):
    """What was published stays as it was published, and so do the notes beside it."""

    dependencies = [("indicators", "0001_snapshots"), ("base", "0002_append_only")]
    operations = [migrations.RunSQL(protect(table), unprotect(table)) for table in TABLES]
