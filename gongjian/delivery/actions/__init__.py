"""All writing of the room, a file for each thought."""

from gongjian.delivery.actions.attempts import record_failed, record_served
from gongjian.delivery.actions.consent import ask_for_paper, change_address, give_consent, note_paper_sent
from gongjian.delivery.actions.correction import correct
from gongjian.delivery.actions.effect import note_second_appraisal, take_effect_due
from gongjian.delivery.actions.electronic import deliver_electronically, send_paper
from gongjian.delivery.actions.failures import note_done, tasks_for_failed_messages
from gongjian.delivery.actions.notice import complete_notices, publish_notice
from gongjian.delivery.actions.opening import open_deliveries, open_missing
from gongjian.delivery.actions.post import post
from gongjian.delivery.actions.record import issue_record
from gongjian.delivery.actions.results import take_results

__all__ = [
    "ask_for_paper",
    "change_address",
    "complete_notices",
    "correct",
    "deliver_electronically",
    "give_consent",
    "issue_record",
    "note_done",
    "note_paper_sent",
    "note_second_appraisal",
    "open_deliveries",
    "open_missing",
    "post",
    "publish_notice",
    "record_failed",
    "record_served",
    "send_paper",
    "take_effect_due",
    "take_results",
    "tasks_for_failed_messages",
]
