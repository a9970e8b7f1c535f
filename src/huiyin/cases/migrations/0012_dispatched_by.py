# 误派 speaks of who dispatched: the unit that did, and whether it went to the wrong one.

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0011_former_units'),
        ('org', '0005_on_call'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='dispatched_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='派单单位'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='misdispatched',
            field=models.BooleanField(db_default=False, default=False, verbose_name='误派'),
        ),
    ]
