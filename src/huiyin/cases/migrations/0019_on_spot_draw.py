import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from huiyin.base.rules.append_only import protect, unprotect

TABLE = "cases_on_spot_draw"


class Migration(migrations.Migration):
    """Each month's sample of 自办件 with its salt; a second draw and a change are refused."""

    dependencies = [
        ('cases', '0018_fill_start_word'),
        ('org', '0005_on_call'),
        ('base', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='OnSpotDraw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.CharField(max_length=7, verbose_name='月份')),
                ('salt', models.CharField(max_length=32, verbose_name='盐')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='比例')),
                ('least', models.PositiveSmallIntegerField(verbose_name='至少')),
                ('numbers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None, verbose_name='全部件号')),
                ('drawn_at', models.DateTimeField(verbose_name='抽取时间')),
                ('community', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.area', verbose_name='社区')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='核看单位')),
            ],
            options={
                'verbose_name': '自办件抽取',
                'verbose_name_plural': '自办件抽取',
                'db_table': 'cases_on_spot_draw',
                'constraints': [models.UniqueConstraint(fields=('month', 'community'), name='a_month_of_a_community_is_drawn_once')],
            },
        ),
        migrations.RunSQL(protect(TABLE), unprotect(TABLE)),
    ]
