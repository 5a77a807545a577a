"""What files look like, which resemble each other, and what people say of it."""

import django.db.models.deletion
import gongjian.kernel.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authenticity', '0001_initial'),
        ('cases', '0004_appointed_days'),
        ('kernel', '0002_recordings'),
        ('materials', '0004_pages_are_examined'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Examination',
            fields=[
                ('evidence', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='kernel.evidence')),
                ('at', models.DateTimeField()),
                ('oddities', models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name='Likeness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('one_within', models.IntegerField()),
                ('other_within', models.IntegerField()),
                ('differs', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='PicturePrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('within', models.IntegerField()),
                ('part', models.SmallIntegerField()),
                ('band_1', models.SmallIntegerField()),
                ('band_2', models.SmallIntegerField()),
                ('band_3', models.SmallIntegerField()),
                ('band_4', models.SmallIntegerField()),
                ('fine', models.BinaryField()),
                ('is_sheet', models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(choices=[('lawful', '合理使用，无异常'), ('asked', '已向当事人或者出具单位核实'), ('taken_up', '存疑，已列入调查')], max_length=10)),
                ('text', gongjian.kernel.fields.EncryptedTextField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Comparison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_at', models.DateTimeField()),
                ('owed_at', models.DateTimeField(null=True)),
                ('word', models.CharField(blank=True, choices=[('lawful', '合理使用，无异常'), ('asked', '已向当事人或者出具单位核实'), ('taken_up', '存疑，已列入调查')], max_length=10)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comparisons', to='cases.case')),
                ('elsewhere', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='materials.materialpage')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='materials.materialpage')),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='examination',
            trigger=pgtrigger.compiler.Trigger(name='examination_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1d99f88d5033902f1b1a09340de68cd249be5ebb', operation='UPDATE OR DELETE', pgid='pgtrigger_examination_stays_a13dc', table='authenticity_examination', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='likeness',
            name='one',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.evidence'),
        ),
        migrations.AddField(
            model_name='likeness',
            name='other',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.evidence'),
        ),
        migrations.AddField(
            model_name='pictureprint',
            name='evidence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.evidence'),
        ),
        migrations.AddField(
            model_name='remark',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='remark',
            name='comparison',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='remarks', to='authenticity.comparison'),
        ),
        migrations.AddIndex(
            model_name='comparison',
            index=models.Index(condition=models.Q(('owed_at', None), ('word', '')), fields=['id'], name='comparisons_nobody_owes'),
        ),
        migrations.AddConstraint(
            model_name='comparison',
            constraint=models.UniqueConstraint(fields=('case', 'page', 'elsewhere'), name='a_pair_is_compared_in_its_case'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparison',
            trigger=pgtrigger.compiler.Trigger(name='comparison_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='49e2407f342d41ffe62bdfa3db45e7af8e7943e3', operation='DELETE', pgid='pgtrigger_comparison_stays_0a284', table='authenticity_comparison', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comparison',
            trigger=pgtrigger.compiler.Trigger(name='unedited', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF (to_jsonb(NEW) - ARRAY['owed_at', 'word']::text[]) IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['owed_at', 'word']::text[]) THEN\n    RAISE EXCEPTION 'a row of % is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='d2033e356bdd9ab8e9c3dacd8658fcbda5551d1a', operation='UPDATE', pgid='pgtrigger_unedited_185de', table='authenticity_comparison', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.UniqueConstraint(fields=('one', 'one_within', 'other', 'other_within'), name='two_pages_once'),
        ),
        migrations.AddConstraint(
            model_name='likeness',
            constraint=models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='the_smaller_number_first'),
        ),
        migrations.AddIndex(
            model_name='pictureprint',
            index=models.Index(fields=['band_1', '-id'], name='prints_by_band_1'),
        ),
        migrations.AddIndex(
            model_name='pictureprint',
            index=models.Index(fields=['band_2', '-id'], name='prints_by_band_2'),
        ),
        migrations.AddIndex(
            model_name='pictureprint',
            index=models.Index(fields=['band_3', '-id'], name='prints_by_band_3'),
        ),
        migrations.AddIndex(
            model_name='pictureprint',
            index=models.Index(fields=['band_4', '-id'], name='prints_by_band_4'),
        ),
        migrations.AddConstraint(
            model_name='pictureprint',
            constraint=models.UniqueConstraint(fields=('evidence', 'within', 'part'), name='a_part_has_one_print'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='remark',
            trigger=pgtrigger.compiler.Trigger(name='remark_stays', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0adf75cbdbf2965c3c0b62d647ff6e3fa7b455f8', operation='UPDATE OR DELETE', pgid='pgtrigger_remark_stays_5c6cb', table='authenticity_remark', when='BEFORE')),
        ),
    ]
