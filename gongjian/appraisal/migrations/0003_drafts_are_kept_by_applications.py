"""The table of drafts has moved to `applications` with its rows."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('appraisal', '0002_refusals_deaths_and_employer_links'),
        ('applications', '0001_initial'),
        ('materials', '0003_drafts_of_every_procedure'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name='Draft'),
            ],
        ),
    ]
