import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    """Words and near-copy bands are looked up from the value to the cases that hold it."""

    dependencies = [("cases", "0002_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="casesearch",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], name="search_by_words"
            ),
        ),
        migrations.AddIndex(
            model_name="casesearch",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["bands"], name="search_by_bands"
            ),
        ),
    ]
