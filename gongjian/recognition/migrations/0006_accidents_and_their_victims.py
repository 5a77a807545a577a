"""Accidents of the green channel: victims, what they share, and batches of acts."""

import django.db.models.deletion
import gongjian.kernel.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_investigators'),
        ('cases', '0005_the_green_channel_comes_first'),
        ('materials', '0003_drafts_of_every_procedure'),
        ('parties', '0001_initial'),
        ('recognition', '0005_parts_by_their_codes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='application',
            name='applicant_kind',
            field=models.CharField(choices=[('employer', '用人单位'), ('worker', '工伤职工本人'), ('relative', '工伤职工的近亲属'), ('union', '工会组织'), ('agent', '委托代理人'), ('office', '本机关依职权启动')], max_length=10),
        ),
        migrations.CreateModel(
            name='Accident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100)),
                ('ground', models.CharField(choices=[('major', '重大安全事故'), ('attention', '社会高度关注')], max_length=10)),
                ('why', gongjian.kernel.fields.EncryptedTextField()),
                ('happened_on', models.DateField()),
                ('happened_at', models.CharField(blank=True, max_length=20)),
                ('place', gongjian.kernel.fields.EncryptedTextField()),
                ('cause', gongjian.kernel.fields.EncryptedTextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accidents', to='parties.employer')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accidents', to='accounts.office')),
            ],
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('operation', models.CharField(choices=[('open', '立案受理并通知'), ('begin', '开始调查核实'), ('propose', '拟定认定意见'), ('review', '复核'), ('decide', '签发决定书')], max_length=10)),
                ('told', gongjian.kernel.fields.EncryptedJSONField(default=dict)),
                ('at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='recognition.accident')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SharedEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('material', '材料'), ('interview', '笔录'), ('site', '现场记录')], max_length=10)),
                ('at', models.DateTimeField()),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shared', to='recognition.accident')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('interview', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recognition.interview')),
                ('material', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='materials.material')),
                ('site', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recognition.siterecord')),
            ],
        ),
        migrations.CreateModel(
            name='Victim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.IntegerField()),
                ('id_index', models.CharField(max_length=64)),
                ('told', gongjian.kernel.fields.EncryptedJSONField()),
                ('adopted', models.BooleanField(default=False)),
                ('set_aside_why', gongjian.kernel.fields.EncryptedTextField(blank=True)),
                ('set_aside_at', models.DateTimeField(null=True)),
                ('accident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='victims', to='recognition.accident')),
                ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='victim', to='cases.case')),
                ('set_aside_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='BatchItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen', models.CharField(blank=True, max_length=64)),
                ('done_at', models.DateTimeField(null=True)),
                ('refusal', models.TextField(blank=True)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='recognition.batch')),
                ('victim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='recognition.victim')),
            ],
        ),
        migrations.AddIndex(
            model_name='accident',
            index=models.Index(fields=['office', '-id'], name='accidents_newest_first'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accident',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1d0b72145ef6d735f4bf86d659a8e3fd971861ac', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fe34c', table='recognition_accident', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='batch',
            index=models.Index(condition=models.Q(('finished_at', None)), fields=['id'], name='batches_under_way'),
        ),
        migrations.AddConstraint(
            model_name='batch',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('accident', 'operation'), name='one_batch_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='batch_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='023aabdbdb0c53edad00603b7da0ee91f4667ea8', operation='DELETE', pgid='pgtrigger_batch_stays_bfe78', table='recognition_batch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='unedited', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (to_jsonb(NEW) - ARRAY['finished_at']::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['finished_at']::text[]) THEN\n    RAISE EXCEPTION 'a row of % is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='24543fbeb234efa8e9ab1a9917eb620fbbdcb445', operation='UPDATE', pgid='pgtrigger_unedited_dc049', table='recognition_batch', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sharedevidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('interview', None), ('kind', 'material'), ('material__isnull', False), ('site', None)), models.Q(('interview__isnull', False), ('kind', 'interview'), ('material', None), ('site', None)), models.Q(('interview', None), ('kind', 'site'), ('material', None), ('site__isnull', False)), _connector='OR'), name='shared_evidence_is_one_thing'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharedevidence',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9023b36b800c535a3296bb4fefa9e774f3039dc7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_40f57', table='recognition_sharedevidence', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='victim',
            constraint=models.UniqueConstraint(condition=models.Q(('set_aside_at', None)), fields=('accident', 'id_index'), name='victim_once_an_accident'),
        ),
        migrations.AddConstraint(
            model_name='victim',
            constraint=models.CheckConstraint(condition=models.Q(('set_aside_at', None), models.Q(('case', None), ('set_aside_by__isnull', False)), _connector='OR'), name='set_aside_without_a_case'),
        ),
        migrations.AddConstraint(
            model_name='victim',
            constraint=models.UniqueConstraint(fields=('accident', 'row'), name='victims_in_order'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='victim',
            trigger=pgtrigger.compiler.Trigger(name='victim_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='e7145e4a702ff062930383647bdc3d289d4324f0', operation='DELETE', pgid='pgtrigger_victim_stays_064b5', table='recognition_victim', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='victim',
            trigger=pgtrigger.compiler.Trigger(name='unedited', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (to_jsonb(NEW) - ARRAY['case_id', 'adopted', 'set_aside_why', 'set_aside_by_id', 'set_aside_at']::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['case_id', 'adopted', 'set_aside_why', 'set_aside_by_id', 'set_aside_at']::text[]) THEN\n    RAISE EXCEPTION 'a row of % is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='380627664ae58eb1040207cd642b77169197a80c', operation='UPDATE', pgid='pgtrigger_unedited_55541', table='recognition_victim', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='batchitem',
            index=models.Index(condition=models.Q(('done_at', None), ('refusal', '')), fields=['batch', 'id'], name='turns_that_wait'),
        ),
        migrations.AddConstraint(
            model_name='batchitem',
            constraint=models.UniqueConstraint(fields=('batch', 'victim'), name='one_turn_a_batch'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batchitem',
            trigger=pgtrigger.compiler.Trigger(name='turn_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='10977f8009f81ad598a848d25722b7a7f4454987', operation='DELETE', pgid='pgtrigger_turn_stays_f5ee7', table='recognition_batchitem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batchitem',
            trigger=pgtrigger.compiler.Trigger(name='done_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."done_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='edf6ae780660953f2e957a15db83f150da915310', operation='UPDATE', pgid='pgtrigger_done_once_b292c', table='recognition_batchitem', when='BEFORE')),
        ),
    ]
