"""Drafts move here from `appraisal` with everything in them; what is open is that of an appraisal."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongjian.applications.models
import gongjian.kernel.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('appraisal', '0002_refusals_deaths_and_employer_links'),
        ('cases', '0001_initial'),
        ('materials', '0002_materials_of_recognition'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE appraisal_draft RENAME TO applications_draft',
                    'ALTER TABLE applications_draft RENAME TO appraisal_draft',
                ),
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('token', models.CharField(default=gongjian.applications.models.a_token, max_length=24, unique=True)),
                        ('channel', models.CharField(choices=[('online', '网上申请'), ('window', '窗口受理')], default='online', max_length=10)),
                        ('told', gongjian.kernel.fields.EncryptedJSONField(default=dict)),
                        ('versions', models.JSONField(default=dict)),
                        ('step', models.CharField(default='applicant', max_length=20)),
                        ('version', models.IntegerField(default=1)),
                        ('created_at', models.DateTimeField()),
                        ('updated_at', models.DateTimeField()),
                        ('dropped_at', models.DateTimeField(null=True)),
                        ('case', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draft', to='cases.case')),
                        ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [
                            models.Index(condition=models.Q(('case', None), ('dropped_at', None)), fields=['user', '-updated_at'], name='open_drafts_of_a_user'),
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name='draft',
            name='procedure',
            field=models.CharField(default='appraisal.initial', max_length=40),
            preserve_default=False,
        ),
    ]
