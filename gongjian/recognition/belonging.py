"""How recognitions hang on jurisdiction: where a case belongs, and what the office owes that takes a running one over. Law: 条例 art. 17; 令8 art. 4."""

from gongjian.accounts.roles import Role
from gongjian.cases.actions.obligations import owe
from gongjian.cases.models import Case
from gongjian.cases.queries.sides import Side
from gongjian.jurisdiction.businesses import Business, have
from gongjian.jurisdiction.rules import RECOGNITION as CODE
from gongjian.kernel import moment
from gongjian.law.recognition.places import jurisdiction
from gongjian.papers.forms.handover import RecognitionHandover
from gongjian.papers.models import Paper
from gongjian.recognition.notices import tell
from gongjian.recognition.owes import TAKE_UP
from gongjian.recognition.queries import application_of
from gongjian.recognition.states import DECIDING, NEEDS_INVESTIGATORS, RECOGNITION

ARTICLE = "条例 第五条、第十七条"


def region_of(case: Case) -> str:
    """Where the worker is insured, or where the employer works if not; the office's own region while that is not known. Law: 条例 art. 17."""
    told = application_of(case)
    places = {"insured": told.insured, "insured_region": told.insured_region, "business_region": told.business_region}
    region, _ = jurisdiction({name: value for name, value in places.items() if value not in (None, "")})
    return region or case.office.region


def near(case: Case, kind: str) -> tuple[str, ...]:
    """The agency is that of the place where the case belongs, and one of the office's place where none is registered there. Law: 条例 art. 46; 令8 art. 22."""
    return (region_of(case), case.office.region)


def owe_taking_up(case: Case) -> None:
    """Whoever investigated does so no more: the new office says who does. Law: 令8 art. 9."""
    if case.state in NEEDS_INVESTIGATORS:
        due = max(case.due_on or moment.today(), moment.today())
        owe(case, TAKE_UP, due=due, article=ARTICLE, role=Role.INVESTIGATOR)


def tell_both(case: Case, paper: Paper) -> None:
    """Each side learns who decides now."""
    tell(
        case,
        f"已改由{case.office.name}办理，已制发《{paper.title}》",
        tuple(Side),
        paper=paper,
        key=f"{paper.kind}/{paper.pk}",
    )


def make_known() -> None:
    """Say so to `jurisdiction`."""
    have(
        Business(
            code=CODE,
            procedure=RECOGNITION,
            kinds=frozenset({"hrss"}),
            moves=frozenset(state.value for state in DECIDING),
            stays=frozenset(),
            region_of=region_of,
            paper=RecognitionHandover,
            tell=tell_both,
            after=owe_taking_up,
            near=near,
        )
    )
