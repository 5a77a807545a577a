"""Sittings to come, planning one, venues, and the requests that wait for an answer."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.accounts.queries import offices_where
from gongjian.accounts.roles import SITTINGS
from gongjian.kernel import moment
from gongjian.law.modes import HELD_HERE, mode_rules
from gongjian.sittings import actions, queries
from gongjian.sittings.forms import PlanForm, VenueForm

PLAN = "sittings.plan"
BEFORE = timedelta(days=14)
"""How far back the list reaches, so that a day's remains are still at hand."""


@require_GET
@signed_in
def sittings(request: SignedIn) -> HttpResponse:
    """The sittings of the last two weeks and all to come."""
    rows = list(queries.sittings_from(request.user, day=moment.today() - BEFORE))
    today = moment.today()
    context = {
        "coming": [row for row in rows if row.day >= today],
        "past": [row for row in reversed(rows) if row.day < today],
        "today": today,
        "waiting": queries.waiting_cases(offices_where(request.user, SITTINGS)),
        "may_plan": request.user.holds(PLAN),
    }
    return render(request, "sittings/list.html", context)


@signed_in
def plan(request: SignedIn) -> HttpResponse:
    """Plan a sitting."""
    offices = offices_where(request.user, PLAN)
    form = PlanForm(request.POST if request.method == "POST" else None, offices=offices)
    if request.method == "POST" and form.is_valid():
        plan, weeks = form.plan(), form.cleaned_data["weeks"]
        planned = actions.plan_weekly(plan.venue.office, plan, weeks=weeks, by=request.user)
        many = f"已建立{len(planned)}个场次。" if len(planned) > 1 else "场次已建立。"
        messages.success(request, f"{many}下一步：安排人员，然后公布。")
        return redirect("sittings:sitting", planned[0].number)
    context = {
        "form": form,
        "has_venues": queries.venues_of(offices).exists(),
        "rules": [rule for rule in mode_rules(on=moment.today()) if rule.mode in HELD_HERE],
    }
    return render(request, "sittings/plan.html", context, status=422 if form.is_bound else 200)


@signed_in
def venues(request: SignedIn) -> HttpResponse:
    """The venues of the office, and a new one."""
    offices = offices_where(request.user, PLAN)
    posts = [post for post in request.user.posts_held() if post.office_id in offices]
    districts = queries.districts_of(offices)
    form = VenueForm(request.POST if request.method == "POST" else None, districts=districts)
    if request.method == "POST" and posts and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("name", "address", "directions", "district", "step_free")}
        venue = actions.add_venue(posts[0].office, by=request.user, **told)
        for name in form.room_names():
            actions.add_room(venue, name=name, by=request.user)
        messages.success(request, "场地已登记。")
        return redirect("sittings:venues")
    context = {"venues": queries.venues_of(offices), "form": form, "may_plan": bool(posts)}
    return render(request, "sittings/venues.html", context, status=422 if form.is_bound else 200)


@require_GET
@signed_in
def requests(request: SignedIn) -> HttpResponse:
    """Requests for another day that wait for an answer."""
    return render(request, "sittings/requests.html", {"requests": queries.requests_waiting(request.user)})
