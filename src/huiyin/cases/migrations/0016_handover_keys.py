from django.db import migrations, models


class Migration(migrations.Migration):
    """A matter of any kind stands once on a sheet."""

    dependencies = [("cases", "0015_fill_handover_keys")]

    operations = [
        migrations.RemoveConstraint("handoveritem", "a_case_stands_once_on_a_handover_sheet"),
        migrations.AddConstraint(
            "handoveritem",
            models.UniqueConstraint(
                fields=["handover", "key"], name="a_matter_stands_once_on_a_handover_sheet"
            ),
        ),
    ]
