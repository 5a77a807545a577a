"""Addresses of the room."""

from django.urls import path

from gongjian.conclusions.views import batches, cases, lists

app_name = "conclusions"
urlpatterns = [
    path("review/", lists.to_review, name="to_review"),
    path("sign/", lists.to_sign, name="to_sign"),
    path("batch/<int:pk>/", batches.batch, name="batch"),
    path("batch/<int:pk>/go-on", batches.go_on, name="go_on"),
    path("review/<str:number>/", cases.review, name="review"),
    path("review/<str:number>/reopen", cases.send_to_group, name="reopen"),
    path("reopened/", lists.reopened, name="reopened"),
    path("sign/<str:number>/", cases.sign, name="sign"),
    path("sign/<str:number>/return", cases.send_back, name="return"),
    path("sign/<str:number>/draft.pdf", cases.draft, name="draft"),
    path("sign/<str:number>/draft-<int:page>.png", cases.draft_page, name="draft_page"),
    path("part/<str:number>/", cases.part, name="case_part"),
]
