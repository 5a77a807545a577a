"""What is to be served bears its case's priority, so that the green channel stands first in its list; what waits already follows its case."""

from django.conf import settings
from django.db import migrations, models

FOLLOW = """
UPDATE delivery_delivery SET priority = 0
FROM cases_case WHERE cases_case.id = delivery_delivery.case_id AND cases_case.priority = 0 AND delivery_delivery.served_on IS NULL
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_investigators'),
        ('cases', '0006_the_search_shows_the_green_channel_first'),
        ('delivery', '0001_initial'),
        ('papers', '0005_handovers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='delivery',
            name='deliveries_to_make',
        ),
        migrations.AddField(
            model_name='delivery',
            name='priority',
            field=models.SmallIntegerField(db_default=1, default=1),
        ),
        migrations.RunSQL(FOLLOW, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('served_on', None)), fields=['office', 'priority', 'due_on', 'id'], name='deliveries_urgent_first'),
        ),
    ]
