"""Forms of the room. What is right and wrong is said by the rules and the actions; here stand labels, hints and inputs."""

from gongjian.recognition.forms.accident import AccidentForm, CommonDraftForm, VictimForm, VictimListForm
from gongjian.recognition.forms.after import CorrectionForm, OutcomeForm, RemedyForm, ReplyForm, RevocationForm
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
    TeamForm,
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
    "AccidentForm",
    "AnswerForm",
    "ApplicationForm",
    "CommonDraftForm",
    "CorrectionForm",
    "EvidenceForm",
    "ExtensionForm",
    "HeadsForm",
    "InterviewForm",
    "OutcomeForm",
    "ProposalForm",
    "ReasonForm",
    "RecordingForm",
    "RejectForm",
    "RemedyForm",
    "ReplyForm",
    "ResumeForm",
    "ReviewForm",
    "RevocationForm",
    "ScanForm",
    "SeenForm",
    "SignedForm",
    "SiteForm",
    "StartForm",
    "SuspendForm",
    "TeamForm",
    "TransferForm",
    "VictimForm",
    "VictimListForm",
    "WishForm",
]
