"""Who decides what where, changes of it, and what was handed over."""

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_investigators'),
        ('cases', '0004_appointed_days'),
        ('papers', '0005_handovers'),
        ('parties', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('business', models.CharField(choices=[('recognition', '工伤认定'), ('appraisal', '劳动能力鉴定（初次）')], max_length=20)),
                ('area', models.CharField(blank=True, max_length=6)),
                ('since', models.DateField()),
                ('ground', models.CharField(max_length=120)),
                ('entered_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
                ('upto', models.BigIntegerField(default=0)),
                ('done_at', models.DateTimeField(null=True)),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.employer')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('from_office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes_away', to='accounts.office')),
                ('to_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes_to', to='accounts.office')),
            ],
        ),
        migrations.CreateModel(
            name='Competence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('business', models.CharField(choices=[('recognition', '工伤认定'), ('appraisal', '劳动能力鉴定（初次）')], max_length=20)),
                ('area', models.CharField(blank=True, max_length=6)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
                ('ground', models.CharField(max_length=120)),
                ('entered_at', models.DateTimeField()),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='parties.employer')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='competences', to='accounts.office')),
            ],
        ),
        migrations.CreateModel(
            name='HandedOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(max_length=30)),
                ('stays', models.BooleanField()),
                ('duties', models.JSONField(default=list)),
                ('at', models.DateTimeField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='cases.case')),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='jurisdiction.change')),
                ('from_office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper')),
            ],
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(condition=models.Q(('done_at', None), ('taken_back_at', None)), fields=['since'], name='changes_to_carry_out'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('from_office', models.F('to_office')), _negated=True), name='a_change_changes_something'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='change',
            trigger=pgtrigger.compiler.Trigger(name='change_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f59905a8fa7a215056a5206079f4d86a77c580ba', operation='DELETE', pgid='pgtrigger_change_stays_dff91', table='jurisdiction_change', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='change',
            trigger=pgtrigger.compiler.Trigger(name='unedited', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (to_jsonb(NEW) - ARRAY['taken_back_at', 'upto', 'done_at']::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['taken_back_at', 'upto', 'done_at']::text[]) THEN\n    RAISE EXCEPTION 'a row of % is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='a2138dc5f05970ca2b81315cbcff68a3e04af70d', operation='UPDATE', pgid='pgtrigger_unedited_96f76', table='jurisdiction_change', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), fields=('business', 'area', 'employer', 'since'), name='one_office_from_a_day_on', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.UniqueConstraint(condition=models.Q(('until', None)), fields=('business', 'area', 'employer'), name='one_office_goes_on', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='competence',
            constraint=models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', django.db.models.expressions.CombinedExpression(models.F('since'), '-', models.Value(1))), _connector='OR'), name='it_ends_after_it_began'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='competence',
            trigger=pgtrigger.compiler.Trigger(name='competence_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='89f2bc16603fe753b6d38d6772d1662bb5a076d0', operation='DELETE', pgid='pgtrigger_competence_stays_b75f4', table='jurisdiction_competence', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='competence',
            trigger=pgtrigger.compiler.Trigger(name='unedited', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (to_jsonb(NEW) - ARRAY['until']::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['until']::text[]) THEN\n    RAISE EXCEPTION 'a row of % is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='3edb76a05d4576f3318c81907351044965241091', operation='UPDATE', pgid='pgtrigger_unedited_15733', table='jurisdiction_competence', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='handedover',
            constraint=models.UniqueConstraint(fields=('change', 'case'), name='handed_over_once'),
        ),
        migrations.AddConstraint(
            model_name='handedover',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper', None), ('stays', True)), models.Q(('paper__isnull', False), ('stays', False)), _connector='OR'), name='who_is_moved_is_told'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handedover',
            trigger=pgtrigger.compiler.Trigger(name='handover_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c83ace0969412850ae2035df07ebfdd06995db0', operation='UPDATE OR DELETE', pgid='pgtrigger_handover_stays_c2095', table='jurisdiction_handedover', when='BEFORE')),
        ),
    ]
