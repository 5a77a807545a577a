"""Addresses of the room."""

from django.urls import path

from gongjian.recognition.views import deciding, intake, investigating, kept, party

app_name = "recognition"
urlpatterns = [
    path("enter", intake.enter, name="enter"),
    path("extension", intake.extend, name="extension"),
    path("<str:number>/scan", intake.scan, name="scan"),
    path("<str:number>/receipt", intake.receipt, name="receipt"),
    path("<str:number>/check", intake.check, name="check"),
    path("<str:number>/accept", intake.accept, name="accept"),
    path("<str:number>/reject", intake.reject, name="reject"),
    path("<str:number>/transfer", intake.transfer, name="transfer"),
    path("<str:number>/supplement", intake.supplement, name="supplement"),
    path("<str:number>/withdrawal", intake.withdraw, name="withdrawal"),
    path("<str:number>/start", investigating.start, name="start"),
    path("<str:number>/investigation", investigating.page, name="investigation"),
    path("<str:number>/plan", investigating.plan, name="plan"),
    path("<str:number>/answer", investigating.answer, name="answer"),
    path("<str:number>/ask-employer", investigating.ask_employer, name="ask_employer"),
    path("<str:number>/without-employer", investigating.without_employer, name="without_employer"),
    path("<str:number>/employers-word", investigating.employers_word, name="employers_word"),
    path("<str:number>/interview", investigating.interview, name="interview"),
    path("<str:number>/interview/<int:pk>/signed", investigating.signed, name="signed"),
    path("<str:number>/interview/<int:pk>/recording", investigating.recording, name="recording"),
    path("<str:number>/site", investigating.site, name="site"),
    path("<str:number>/kept/<slug:kind>/<int:pk>", kept.kept, name="kept"),
    path("<str:number>/kept/<slug:kind>/<int:pk>/<int:within>.png", kept.kept_page, name="kept_page"),
    path("<str:number>/suspend", investigating.suspend, name="suspend"),
    path("<str:number>/look", investigating.look, name="look"),
    path("<str:number>/resume", investigating.resume, name="resume"),
    path("<str:number>/leave-simple", investigating.leave_simple, name="leave_simple"),
    path("<str:number>/take-simple", investigating.take_simple, name="take_simple"),
    path("<str:number>/terminate", investigating.terminate, name="terminate"),
    path("<str:number>/draft", investigating.draft, name="draft"),
    path("<str:number>/propose", investigating.propose, name="propose"),
    path("<str:number>/review", deciding.review, name="review"),
    path("<str:number>/review/pass", deciding.review_act, name="review_act"),
    path("<str:number>/review/back", deciding.give_back, name="give_back"),
    path("<str:number>/sign", deciding.sign, name="sign"),
    path("<str:number>/sign/now", deciding.sign_act, name="sign_act"),
    path("<str:number>/sign/back", deciding.send_back, name="send_back"),
    path("<str:number>/draft.pdf", deciding.draft_paper, name="draft_paper"),
    path("<str:number>/part", deciding.part, name="case_part"),
    path("<str:number>/evidence", party.evidence, name="evidence"),
]
