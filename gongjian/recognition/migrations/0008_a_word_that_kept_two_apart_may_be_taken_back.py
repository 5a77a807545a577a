"""The word that two applications are about two injuries may be taken back with a reason; what was joined stays joined."""

import django.db.models.deletion
import django.db.models.functions.comparison
import gongjian.kernel.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_the_green_channel_comes_first'),
        ('recognition', '0007_who_gave_an_agent_the_power'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='joining',
            name='append_only',
        ),
        migrations.RemoveConstraint(
            model_name='joining',
            name='one_word_for_two_cases',
        ),
        migrations.AddField(
            model_name='joining',
            name='undone_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='joining',
            name='undone_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='joining',
            name='undone_why',
            field=gongjian.kernel.fields.EncryptedTextField(blank=True, default=''),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='joining',
            trigger=pgtrigger.compiler.Trigger(name='word_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='5f971d5b99eb391080b2f7e86e873c8aee502b22', operation='DELETE', pgid='pgtrigger_word_stays_c6f60', table='recognition_joining', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='joining',
            trigger=pgtrigger.compiler.Trigger(name='unedited', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (to_jsonb(NEW) - ARRAY['undone_at', 'undone_by_id', 'undone_why']::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['undone_at', 'undone_by_id', 'undone_why']::text[]) THEN\n    RAISE EXCEPTION 'a row of % is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='bb703644309879049dbc12286d076dcb103738fb', operation='UPDATE', pgid='pgtrigger_unedited_8ab73', table='recognition_joining', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Least('case', 'other'), django.db.models.functions.comparison.Greatest('case', 'other'), condition=models.Q(('undone_at', None)), name='one_word_for_two_cases'),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False), ('verdict', 'apart')), _connector='OR'), name='what_was_joined_stays_joined'),
        ),
    ]
