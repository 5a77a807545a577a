"""Whether one of two pictures that look the same lies turned or mirrored."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that is false for every pair found before."""

    dependencies = [("authenticity", "0002_pictures_and_files")]

    operations = [
        migrations.AddField(model_name="likeness", name="turned", field=models.BooleanField(default=False)),
    ]
