"""Addresses of the room."""

from django.urls import path

from gongjian.delivery.views import case, mine, one, post

app_name = "delivery"
urlpatterns = [
    path("", case.to_deliver, name="list"),
    path("post/", post.to_post, name="post"),
    path("post/<int:pk>/", post.batch, name="batch"),
    path("post/<int:pk>/labels.pdf", post.labels_sheet, name="labels"),
    path("post/<int:pk>/table.xlsx", post.table, name="table"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/part", case.part, name="case_part"),
    path("cases/<str:number>/done", case.done, name="done"),
    path("cases/<str:number>/mine", mine.mine, name="mine"),
    path("cases/<str:number>/consent", mine.consent, name="consent"),
    path("<int:pk>/", one.delivery, name="delivery"),
    path("<int:pk>/record/<slug:method>", one.record, name="record"),
    path("<int:pk>/failed/<slug:method>", one.failed, name="failed"),
    path("<int:pk>/sheet/<slug:method>", one.sheet, name="sheet"),
    path("<int:pk>/electronic", one.electronic, name="electronic"),
    path("<int:pk>/notice", one.notice, name="notice"),
    path("<int:pk>/correct", one.correct, name="correct"),
    path("<int:pk>/address", one.address, name="address"),
    path("<int:pk>/second-appraisal", one.second_appraisal, name="second_appraisal"),
    path("<int:pk>/paper-sent", one.paper_sent, name="paper_sent"),
    path("<int:pk>/paper-wanted", mine.paper_wanted, name="paper_wanted"),
    path("<int:pk>/proof/<int:proof>", one.proof, name="proof"),
]
