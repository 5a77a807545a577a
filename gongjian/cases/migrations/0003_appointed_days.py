"""The day on which an obligation has been arranged to be done."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("cases", "0002_windows_recusals_consultations")]

    operations = [
        migrations.AddField(model_name="obligation", name="appointed_on", field=models.DateField(null=True)),
    ]
