"""What the window does about who somebody is, with the document in hand: the name, and the account that stands for the person."""

from django.db import transaction

from gongjian.accounts.models import User
from gongjian.applications.asking import ASKINGS
from gongjian.applications.errors import AccountNotFound, NameMissing
from gongjian.applications.kept import application_of
from gongjian.applications.models import ApplicationBase
from gongjian.cases.actions.locked import locked
from gongjian.cases.actions.move import join_case
from gongjian.cases.errors import NotYours, ReasonMissing
from gongjian.cases.models import Case, CaseParty
from gongjian.cases.queries.recusals import require_no_bar
from gongjian.kernel.fields import blind_index
from gongjian.kernel.ledger.actions import record
from gongjian.law.identity import check_mobile
from gongjian.materials.models import Material
from gongjian.parties.actions import initials
from gongjian.parties.models import Mandate, Person

LONGEST_NAME = 60


@transaction.atomic
def settle_name(case: Case, *, name: str, reason: str, by: User) -> Person:
    """Write down the name that stands on the document; a case that was kept apart comes to the one person with this number.

    Law: 令55 art. 9; 令8 art. 19; 个保法 art. 46 (correction). Raises: NotYours, NameMissing, ReasonMissing.
    """
    case = _locked(case, by, reason, "核对姓名")
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise NameMissing
    former = case.person
    person = Person.objects.select_for_update().get(id_index=former.id_index, provisional=False)
    renamed = person.name != name
    if renamed:
        person.name, person.pinyin_initials = name, initials(name)
        person.save(update_fields=["name", "pinyin_initials"])
    if former.pk != person.pk:
        _bring_together(case, former, person)
    record(case.chain, "person.name_settled", by=by, person=person.pk, former=former.pk, renamed=renamed)
    return person


@transaction.atomic
def change_account(case: Case, *, telephone: str, reason: str, by: User) -> Person:
    """Take the person's account away, and let the account of another telephone stand for the person; "" leaves none.

    No account but that one stands as the worker in any case of the person from then on, whether or not it stood for the person.
    Law: 令55 art. 9; 令8 art. 19; 个保法 art. 46. Raises: NotYours, ReasonMissing, MobileWrong, AccountNotFound.
    """
    case = _locked(case, by, reason, "更换账户")
    person = Person.objects.select_for_update().get(pk=case.person_id)
    account = account_by(telephone) if telephone.strip() else None
    former = person.user_id
    CaseParty.objects.filter(case__person=person, capacity=CaseParty.Capacity.WORKER).exclude(user=account).delete()
    person.user = account
    person.save(update_fields=["user"])
    if account:
        own = _application(case)
        join_case(case, account, capacity=CaseParty.Capacity.WORKER, is_applicant=own.applicant_kind == "worker")
    record(case.chain, "person.account_changed", by=by, person=person.pk, former=former, now=person.user_id)
    return person


def account_by(telephone: str) -> User:
    """The account that signs in with this telephone. Raises: MobileWrong, AccountNotFound."""
    index = blind_index(check_mobile(telephone), "telephone")
    found = User.objects.filter(kind=User.Kind.APPLICANT, telephone_index=index, is_active=True).first()
    if found is None:
        raise AccountNotFound
    return found


def _bring_together(case: Case, former: Person, person: Person) -> None:
    case.person = person
    case.save(update_fields=["person"])
    Material.objects.filter(case=case).update(person=person)
    Mandate.objects.filter(pk=_application(case).mandate_id or 0, person=former).update(person=person)
    if person.user_id is None and former.user_id:
        person.user = former.user
        person.save(update_fields=["user"])


def check_window(case: Case, *, by: User, act: str) -> None:
    """Refuse who does not receive papers for the case's office, and who keeps away. Raises: NotYours, KeepsAway, RecusalWaits."""
    if not by.holds(ASKINGS[case.procedure].enter, case.office_id):
        raise NotYours(act=act)
    require_no_bar(case, by=by)


def _locked(case: Case, by: User, reason: str, act: str) -> Case:
    check_window(case, by=by, act=act)
    if not reason.strip():
        raise ReasonMissing
    case = locked(case)
    application = _application(case)
    application.identity_reason = reason.strip()
    application.save(update_fields=["identity_reason"])
    return case


def _application(case: Case) -> ApplicationBase:
    application = application_of(case)
    assert application is not None, "whose papers come to a window has applied"
    return application
