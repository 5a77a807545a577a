"""Whether a power was taken back by who gave it, or ended with their death."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='mandate',
            name='revoked_why',
            field=models.CharField(blank=True, choices=[('giver', '委托人取消'), ('death', '委托人死亡')], max_length=10),
        ),
    ]
