"""A clerk's word on two applications that look like one injury; applications under way are compared when they are looked at."""

import django.db.models.deletion
import django.db.models.functions.comparison
import gongjian.kernel.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_appointed_days'),
        ('recognition', '0003_why_a_name_was_settled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('joined', '同一次伤害，合并办理'), ('apart', '不是同一次伤害，分别办理')], max_length=10)),
                ('reason', gongjian.kernel.fields.EncryptedTextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joinings', to='cases.case')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joined_to', to='cases.case')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('case', models.F('other')), _negated=True), name='two_cases_are_compared'), models.UniqueConstraint(django.db.models.functions.comparison.Least('case', 'other'), django.db.models.functions.comparison.Greatest('case', 'other'), name='one_word_for_two_cases'), models.UniqueConstraint(condition=models.Q(('verdict', 'joined')), fields=('other',), name='joined_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='joining',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='70e4631c7d5c21d71f4b2e87302c1ebd53c8838e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ed082', table='recognition_joining', when='BEFORE')),
        ),
    ]
