"""The tables of the room: what was applied for, what was investigated, what was decided."""

from gongjian.recognition.models.accident import Accident, Batch, BatchItem, SharedEvidence, Victim
from gongjian.recognition.models.application import Application, EmployerExtension, SupplementNotice, Transfer
from gongjian.recognition.models.decision import Decision, Proposal, Review, Sentence, Support
from gongjian.recognition.models.investigation import (
    Answer,
    EvidenceNotice,
    Interview,
    InterviewPage,
    Plan,
    SitePhoto,
    SiteRecord,
    Suspension,
    TrackChoice,
)
from gongjian.recognition.models.joining import Joining
from gongjian.recognition.models.revision import Remedy, Revision

__all__ = [
    "Accident",
    "Answer",
    "Application",
    "Batch",
    "BatchItem",
    "Decision",
    "EmployerExtension",
    "EvidenceNotice",
    "Interview",
    "InterviewPage",
    "Joining",
    "Plan",
    "Proposal",
    "Remedy",
    "Review",
    "Revision",
    "Sentence",
    "SharedEvidence",
    "SitePhoto",
    "SiteRecord",
    "SupplementNotice",
    "Support",
    "Suspension",
    "TrackChoice",
    "Transfer",
    "Victim",
]
