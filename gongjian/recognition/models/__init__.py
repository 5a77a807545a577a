"""The tables of the room: what was applied for, what was investigated, what was decided."""

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

__all__ = [
    "Answer",
    "Application",
    "Decision",
    "EmployerExtension",
    "EvidenceNotice",
    "Interview",
    "InterviewPage",
    "Plan",
    "Proposal",
    "Review",
    "Sentence",
    "SitePhoto",
    "SiteRecord",
    "SupplementNotice",
    "Support",
    "Suspension",
    "TrackChoice",
    "Transfer",
]
