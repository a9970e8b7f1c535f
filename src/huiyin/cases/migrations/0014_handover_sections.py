import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Lines of a sheet are no longer cases only."""

    dependencies = [("cases", "0013_fill_dispatched_by")]

    operations = [
        migrations.AddField(
            "handoveritem", "section",
            models.CharField("部分", max_length=20, default="open_cases"),
        ),
        migrations.AddField(
            "handoveritem", "key", models.CharField("对象", max_length=40, default="")
        ),
        migrations.AddField(
            "handoveritem", "words",
            models.CharField("说明", max_length=140, blank=True, default=""),
        ),
        migrations.AddField(
            "handoveritem", "link",
            models.CharField("链接", max_length=120, blank=True, default=""),
        ),
        migrations.AlterField(
            "handoveritem", "case",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to="cases.case",
            ),
        ),
    ]
