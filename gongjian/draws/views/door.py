"""The door station: the list of the day, sending people to groups, and the way out for those whom no group may see."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gongjian.accounts.access import SignedIn, signed_in
from gongjian.draws.actions import changes, door
from gongjian.draws.errors import DrawNotFound
from gongjian.draws.forms import ArrivalForm, WitnessForm
from gongjian.draws.lot.door import read_door
from gongjian.draws.models import Arrival, Group
from gongjian.draws.queries.door import nowhere_to_go, unserved
from gongjian.draws.queries.groups import bookings_for, left_stuck, live_draw, panels_of, waiting_for_a_group
from gongjian.draws.queries.shown import door_shown
from gongjian.draws.states import Kind, State
from gongjian.draws.views.answers import said
from gongjian.experts.models import Expert
from gongjian.kernel.views import page_or_fragment
from gongjian.law.errors import NotAllowed, RuleError
from gongjian.sittings.actions.arriving import find
from gongjian.sittings.actions.rescheduling import release
from gongjian.sittings.models import Booking, Sitting
from gongjian.sittings.queries import sitting_for

OPEN = (State.HELD, State.CLOSED)
WORKING = {"may_send": "draws.door", "may_draw": "draws.draw", "may_rebook": "sittings.reschedule"}
NO_GROUP = "因没有可以分配的专家组，改期安排"


@require_GET
@signed_in
def station(request: SignedIn, number: str) -> HttpResponse:
    """Everything at the door of a sitting. Raises: SittingNotFound, NotAllowed."""
    return _page(request, _sitting(request, number))


@require_POST
@signed_in
def commit(request: SignedIn, number: str) -> HttpResponse:
    """Fix and publish the list of the day."""
    sitting = _sitting(request, number)
    form = WitnessForm(request.POST)
    if form.is_valid():
        try:
            row = door.commit_list(sitting, witnesses=form.witnesses, by=request.user)
            return redirect("draws:conduct", row.number)
        except NotAllowed:
            raise
        except RuleError as refusal:
            form.add_error(None, str(refusal))
    return _page(request, sitting, form=form, status=422)


@require_POST
@signed_in
def send(request: SignedIn, number: str) -> HttpResponse:
    """Send somebody who has checked in to a group."""
    sitting = _sitting(request, number)
    arrival = ArrivalForm(request.POST)
    if arrival.is_valid():
        try:
            booking, _ = find(arrival.cleaned_data["code"], sitting)
            door.draw_group_for(booking, by=request.user, word=arrival.cleaned_data["word"])
            return redirect("draws:door_sent", booking.sitting.number, booking.arrivals.get(departure=None).pk)
        except NotAllowed:
            raise
        except RuleError as refusal:
            arrival.add_error(None, str(refusal))
    return _page(request, sitting, arrival=arrival, status=422)


@require_GET
@signed_in
def sent(request: SignedIn, number: str, pk: int) -> HttpResponse:
    """The group and room of somebody, large; nothing else about them. Raises: DrawNotFound."""
    sitting = _sitting(request, number)
    row = Arrival.objects.select_related("booking", "group").filter(pk=pk, booking__sitting=sitting).first()
    if row is None:
        raise DrawNotFound
    return render(request, "draws/door_sent.html", {"sitting": sitting, "arrival": row})


@require_POST
@signed_in
def step_back(request: SignedIn, number: str) -> HttpResponse:
    """Ask that a member with a known conflict leave the seat to the next committed reserve, so that somebody can be served."""
    sitting = _sitting(request, number)
    booking = _booking(request, sitting)
    expert = Expert.objects.filter(number=request.POST.get("expert", "")).first()
    group = Group.objects.filter(pk=_number(request, "group"), draw__sitting=sitting).first()
    if expert is None or group is None:
        raise DrawNotFound
    done = f"已申请由候补递补专家{expert.number}的席位。第二人确认之前，本组保持原样。"
    said(request, lambda: changes.ask_step_back(booking, expert, group, by=request.user), done)
    return redirect("draws:door", number)


@require_POST
@signed_in
def rebook(request: SignedIn, number: str) -> HttpResponse:
    """Somebody whom no group may see comes another day; their place is given back and no limit is postponed."""
    sitting = _sitting(request, number)
    booking = _booking(request, sitting)
    done = f"鉴定编码{booking.exam_code}已退回待安排，场次安排人员会另行安排并通知本人。"
    said(request, lambda: release(booking, reason=NO_GROUP, by=request.user), done)
    return redirect("draws:door", number)


@require_GET
@signed_in
def vacancies(request: SignedIn, number: str) -> HttpResponse:
    """For the sitting's own pages: whose group lacks a member for good. Raises: SittingNotFound, NotAllowed."""
    sitting = _sitting(request, number)
    context = {"sitting": sitting, "stuck": left_stuck(sitting)}
    return page_or_fragment(request, "draws/vacancies.html", "draws/_vacancies.html", context)


def _sitting(request: SignedIn, number: str) -> Sitting:
    """The sitting, for those who work at its door. Raises: SittingNotFound, NotAllowed."""
    sitting = sitting_for(number, by=request.user)
    if not any(request.user.holds(permission, sitting.office_id) for permission in WORKING.values()):
        raise NotAllowed
    return sitting


def _booking(request: SignedIn, sitting: Sitting) -> Booking:
    found = bookings_for(sitting).select_related("sitting__office", "case__office", "case__person", "slot")
    booking = found.filter(pk=_number(request, "booking")).first()
    if booking is None:
        raise DrawNotFound
    return booking


def _number(request: SignedIn, name: str) -> int:
    """An id that a button sent; 0 for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _page(
    request: SignedIn,
    sitting: Sitting,
    *,
    form: WitnessForm | None = None,
    arrival: ArrivalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    experts, row = live_draw(sitting, Kind.EXPERTS), live_draw(sitting, Kind.DOOR)
    is_drawn = experts is not None and experts.state in OPEN
    waiting = list(waiting_for_a_group(sitting))
    people = waiting if row and row.state in OPEN else list(bookings_for(sitting))
    committed = read_door(row.commitment) if row and row.state in OPEN else None
    if row and row.state == State.CLOSED:
        left = nowhere_to_go(waiting)
    else:
        left = unserved(people, panels_of(experts), committed) if experts and is_drawn else []
    context = {
        "sitting": sitting,
        "stuck": left_stuck(sitting),
        "experts": experts,
        "is_drawn": is_drawn,
        "draw": row,
        "is_open": row is not None and row.state == State.HELD,
        "door": door_shown(row) if row else None,
        "waiting": waiting,
        "unserved": left,
        "form": form or WitnessForm(),
        "arrival": arrival or ArrivalForm(),
        **{name: request.user.holds(permission, sitting.office_id) for name, permission in WORKING.items()},
    }
    return render(request, "draws/door.html", context, status=status)
