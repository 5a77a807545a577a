"""The search shows the green channel before the rest, as the worklist does; the indexes follow."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_investigators'),
        ('cases', '0005_the_green_channel_comes_first'),
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_newest_first',
        ),
        migrations.RemoveIndex(
            model_name='case',
            name='case_of_a_window_newest_first',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['office', 'priority', '-received_at', '-id'], name='case_urgent_then_newest'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('window__isnull', False)), fields=['window', 'priority', '-received_at', '-id'], name='window_case_urgent_then_newest'),
        ),
    ]
