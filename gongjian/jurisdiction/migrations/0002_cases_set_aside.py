"""Cases at which a handover has failed are set aside and tried again."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_the_green_channel_comes_first'),
        ('jurisdiction', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SetAside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fault', models.CharField(max_length=80)),
                ('since', models.DateTimeField()),
                ('tried_at', models.DateTimeField()),
                ('tries', models.IntegerField(default=1)),
                ('solved_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='set_aside', to='jurisdiction.change')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('solved_at', None)), fields=['tried_at'], name='handovers_to_try_again')],
                'constraints': [models.UniqueConstraint(fields=('change', 'case'), name='set_aside_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='setaside',
            trigger=pgtrigger.compiler.Trigger(name='set_aside_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='d067d3d01b572179bf79a79e33e8e5e460ec26f5', operation='DELETE', pgid='pgtrigger_set_aside_stays_2f2a6', table='jurisdiction_setaside', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='setaside',
            trigger=pgtrigger.compiler.Trigger(name='unedited', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (to_jsonb(NEW) - ARRAY['fault', 'tried_at', 'tries', 'solved_at']::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['fault', 'tried_at', 'tries', 'solved_at']::text[]) THEN\n    RAISE EXCEPTION 'a row of % is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='06be864ba10fda8032bfa8e98426ac6037e8091b', operation='UPDATE', pgid='pgtrigger_unedited_68ba3', table='jurisdiction_setaside', when='BEFORE')),
        ),
    ]
