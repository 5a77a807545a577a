"""Addresses of the room."""

from django.urls import path

from gongjian.conclusions.views import batches, cases, lists

app_name = "conclusions"
urlpatterns = [
    path("review/", lists.to_review, name="to_review"),
    path("sign/", lists.to_sign, name="to_sign"),
    path("batch/<int:pk>/", batches.batch, name="batch"),
    path("batch/<int:pk>/go-on", batches.go_on, name="go_on"),
    path("<str:number>/review", cases.review, name="review"),
    path("<str:number>/sign", cases.sign, name="sign"),
    path("<str:number>/return", cases.send_back, name="return"),
    path("<str:number>/draft.pdf", cases.draft, name="draft"),
    path("<str:number>/draft-<int:page>.png", cases.draft_page, name="draft_page"),
    path("<str:number>/part", cases.part, name="case_part"),
]
