"""An open claim bears its case's priority, so that the green channel stands first in the agency's list; open ones follow their case."""

from django.conf import settings
from django.db import migrations, models

FOLLOW = """
UPDATE claims_claim SET priority = 0
FROM cases_case WHERE cases_case.id = claims_claim.founded_on_id AND cases_case.priority = 0 AND claims_claim.due_on IS NOT NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_investigators'),
        ('cases', '0006_the_search_shows_the_green_channel_first'),
        ('claims', '0002_answers_corrected'),
        ('kernel', '0002_recordings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='claim',
            name='claims_by_risk',
        ),
        migrations.AddField(
            model_name='claim',
            name='priority',
            field=models.SmallIntegerField(db_default=1, default=1),
        ),
        migrations.RunSQL(FOLLOW, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('due_on__isnull', False)), fields=['office', 'priority', 'due_on', 'id'], name='claims_urgent_first'),
        ),
    ]
