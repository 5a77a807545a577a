"""The green channel stands before the rest on every worklist; open cases and tasks keep the ordinary place until a case is put first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_investigators'),
        ('cases', '0004_appointed_days'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='obligation',
            name='worklist_by_risk',
        ),
        migrations.RemoveIndex(
            model_name='obligation',
            name='worklist_of_a_window',
        ),
        migrations.AddField(
            model_name='case',
            name='priority',
            field=models.SmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name='obligation',
            name='priority',
            field=models.SmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('fulfilled_at', None)), fields=['office', 'role', 'priority', 'due_on', 'id'], name='worklist_urgent_first'),
        ),
        migrations.AddIndex(
            model_name='obligation',
            index=models.Index(condition=models.Q(('fulfilled_at', None), ('window__isnull', False)), fields=['window', 'office', 'role', 'priority', 'due_on', 'id'], name='window_list_urgent_first'),
        ),
    ]
