"""The draft of a material is looked up in the table's new room; the rows and the constraint stay as they are."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0001_initial'),
        ('materials', '0002_materials_of_recognition'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='material',
                    name='draft',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='applications.draft'),
                ),
            ],
        ),
    ]
