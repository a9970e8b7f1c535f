from django.db import migrations, models


class Migration(migrations.Migration):
    """The explanation of a clock names what started it: a rework begins with 发回重办."""

    dependencies = [("cases", "0016_handover_keys")]

    operations = [
        migrations.AddField(
            "deadline",
            "start_word",
            models.CharField(
                "起算说法", max_length=10, blank=True, default="", db_default=""
            ),
        ),
        migrations.AlterField(
            "callback",
            "contacted_in_time",
            models.BooleanField("时限内联系过", null=True),
        ),
    ]
