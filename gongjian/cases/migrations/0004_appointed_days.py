"""The day on which an obligation has been arranged to be done."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0003_limits_pause_and_fall_away")]

    operations = [
        migrations.AddField(model_name="obligation", name="appointed_on", field=models.DateField(null=True)),
    ]
