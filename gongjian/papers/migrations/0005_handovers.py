"""Papers by which the parties learn that another office decides."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0004_corrections_and_revocations'),
    ]

    operations = [
        migrations.AlterField(
            model_name='paper',
            name='kind',
            field=models.CharField(choices=[('application_receipt', '劳动能力鉴定申请收件回执'), ('supplement_notice', '补正材料告知书'), ('acceptance_notice', '受理通知书'), ('lapse_notice', '视为放弃申请通知书'), ('refusal_notice', '不予受理决定书'), ('death_notice', '劳动能力鉴定终结通知书'), ('extension_notice', '延长鉴定期限通知书'), ('appearance_notice', '鉴定通知书'), ('reschedule_notice', '改期通知书'), ('termination_notice', '当次鉴定终止通知书'), ('conclusion', '劳动能力鉴定（初次）结论书'), ('delivery_record', '送达回证'), ('mailing_list', '邮寄清单'), ('address_labels', '邮寄地址签'), ('public_notice', '送达公告'), ('dossier_index', '劳动能力鉴定案卷卷内目录'), ('recognition_receipt', '工伤认定申请收件回执'), ('recognition_supplement', '工伤认定申请补正材料告知书'), ('recognition_acceptance', '工伤认定申请受理决定书'), ('recognition_rejection', '工伤认定申请不予受理决定书'), ('recognition_handover', '工伤认定管辖变更告知书'), ('appraisal_handover', '劳动能力鉴定管辖变更告知书'), ('recognition_transfer', '工伤认定申请移送告知书'), ('evidence_notice', '工伤认定举证通知书'), ('suspension_notice', '工伤认定中止通知书'), ('resumption_notice', '工伤认定恢复通知书'), ('recognition_termination', '工伤认定终止通知书'), ('interview_record', '工伤认定调查笔录'), ('decision_recognised', '认定工伤决定书'), ('decision_deemed', '视同工伤决定书'), ('decision_refused', '不予认定工伤决定书'), ('decision_correction', '工伤认定决定书更正通知书'), ('decision_revocation', '撤销工伤认定决定书'), ('revocation_anew', '撤销工伤认定并重新认定决定书'), ('evidence_index', '行政复议、行政诉讼证据目录')], max_length=30),
        ),
    ]
