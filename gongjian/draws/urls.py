"""Addresses of the draw. Fixed words come before the numbers of draws."""

from django.urls import path

from gongjian.draws.views import ceremony, changes, door, live, preparing, public, recusals, words

app_name = "draws"
urlpatterns = [
    path("", ceremony.listing, name="list"),
    path("prepare/<str:number>/", preparing.prepare, name="prepare"),
    path("word/", words.word, name="word"),
    path("word/own/", words.own, name="own_word"),
    path("word/own/<str:code>/", words.own_by_code, name="own_code"),
    path("word/<str:code>/", words.by_code, name="word_code"),
    path("door/<str:number>/", door.station, name="door"),
    path("door/<str:number>/list", door.commit, name="door_commit"),
    path("door/<str:number>/send", door.send, name="door_send"),
    path("door/<str:number>/sent/<int:pk>/", door.sent, name="door_sent"),
    path("door/<str:number>/step-back", door.step_back, name="step_back"),
    path("door/<str:number>/rebook", door.rebook, name="rebook"),
    path("door/<str:number>/vacancies/", door.vacancies, name="vacancies"),
    path("published/", public.published, name="published"),
    path("published/<str:number>.json", public.receipt, name="receipt"),
    path("recusals/", recusals.listing, name="recusal_list"),
    path("cases/<str:number>/recusals/", recusals.of_case, name="recusals"),
    path("cases/<str:number>/ask-recusal/", recusals.ask, name="ask_recusal"),
    path("cases/<str:number>/changes/", changes.of_case, name="changes"),
    path("cases/<str:number>/part/", recusals.case_part, name="case_part"),
    path("<str:number>/", ceremony.conduct, name="conduct"),
    path("<str:number>/codes/", ceremony.codes, name="codes"),
    path("<str:number>/hold", ceremony.hold, name="hold"),
    path("<str:number>/void", changes.void, name="void"),
    path("<str:number>/close", ceremony.close, name="close"),
    path("<str:number>/leaves", changes.leaves, name="leaves"),
    path("<str:number>/changes/<int:pk>", changes.answer, name="answer_change"),
    path("<str:number>/reasons/", changes.records, name="records"),
    path("<str:number>/receipt.json", ceremony.receipt, name="staff_receipt"),
    path("<str:number>/live/<str:key>/", live.live, name="live"),
    path("<str:number>/live/<str:key>/receipt.json", live.receipt, name="live_receipt"),
]
