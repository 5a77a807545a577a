"""Pages remember when it was looked at how they were made; those on file already are looked at in the background, newest first."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_recordings'),
        ('materials', '0003_drafts_of_every_procedure'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='materialpage',
            name='examined_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='materialpage',
            index=models.Index(condition=models.Q(('examined_at', None), ('removed_at', None)), fields=['-id'], name='pages_to_examine'),
        ),
    ]
