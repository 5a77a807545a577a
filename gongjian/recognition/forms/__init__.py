"""Forms of the room. What is right and wrong is said by the rules and the actions; here stand labels, hints and inputs."""

from gongjian.recognition.forms.application import ApplicationForm
from gongjian.recognition.forms.investigation import (
    AnswerForm,
    EvidenceForm,
    HeadsForm,
    InterviewForm,
    ProposalForm,
    RecordingForm,
    ResumeForm,
    ReviewForm,
    SeenForm,
    SignedForm,
    SiteForm,
    StartForm,
    SuspendForm,
)
from gongjian.recognition.forms.window import (
    AcceptForm,
    ExtensionForm,
    ReasonForm,
    RejectForm,
    ScanForm,
    TransferForm,
    WishForm,
)

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "ApplicationForm",
    "EvidenceForm",
    "ExtensionForm",
    "HeadsForm",
    "InterviewForm",
    "ProposalForm",
    "ReasonForm",
    "RecordingForm",
    "RejectForm",
    "ResumeForm",
    "ReviewForm",
    "ScanForm",
    "SeenForm",
    "SignedForm",
    "SiteForm",
    "StartForm",
    "SuspendForm",
    "TransferForm",
    "WishForm",
]
