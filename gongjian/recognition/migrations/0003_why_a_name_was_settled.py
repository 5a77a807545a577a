"""An application for recognition keeps why the window wrote down another name, as one for appraisal does."""

from django.db import migrations

import gongjian.kernel.fields


class Migration(migrations.Migration):

    dependencies = [
        ("recognition", "0002_remedies_revisions_and_transfers"),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='identity_reason',
            field=gongjian.kernel.fields.EncryptedTextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
