"""What a person can come for, in plain words: which application it is, when it is the right one, what to bring, where it goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongjian.accounts.models import Office, User
from gongjian.appraisal.queries import committees
from gongjian.appraisal.queries import windows_of as appraisal_windows
from gongjian.appraisal.states import INITIAL
from gongjian.portal.errors import NothingOffered
from gongjian.recognition.queries import bureaus_here
from gongjian.recognition.queries import windows_of as recognition_windows
from gongjian.recognition.states import RECOGNITION


@dataclass(frozen=True)
class Bring:
    """One thing to have at hand, and on which article it is asked for."""

    what: str
    article: str = ""


@dataclass(frozen=True)
class Offer:
    """One thing to come for. code: in the address; wish: as a person would say it; where: the article that says which office.

    windows: for which offices somebody may type in what came on paper; entered: the page on which that begins.
    papers: said below the list of papers; untrue: what follows from untrue ones.
    """

    code: str
    procedure: str
    title: str
    wish: str
    when: str
    lead: str
    bring: tuple[Bring, ...]
    note: str
    ask: str
    where: str
    offices: Callable[[], Iterable[Office]]
    windows: Callable[[User], list[Office]]
    entered: str
    papers: str
    untrue: str


OFFERS = (
    Offer(
        code="recognition",
        procedure=RECOGNITION,
        title="申请工伤认定",
        wish="我（或者我的家人、我单位的职工）受伤了，或者得了职业病，想认定是不是工伤",
        when="先办这一步。还没有《工伤认定决定书》的，选这里。",
        lead="因工作受伤或者得了职业病，向人力资源和社会保障局申请认定工伤。用人单位应当自受伤或者诊断之日起30日内申请；"
        "单位没有申请的，职工本人、近亲属、工会组织可以在1年内直接申请，也可以委托别人办理。不收费。",
        bring=(
            Bring("劳动合同，或者工资条、工作证、考勤等能证明在这家单位上班的材料", "条例 第十八条第（二）项"),
            Bring("受伤后医院出具的诊断证明书，或者职业病诊断证明书", "条例 第十八条第（三）项"),
            Bring("什么时候、在哪里、怎么受的伤，伤得怎么样", "条例 第十八条"),
            Bring("近亲属申请：能看出亲属关系的证明；工会申请：介绍信；委托他人：授权委托书", "令8 第五条"),
        ),
        note="超过了时限也可以提交，写明原因即可，是否受理由工作人员审查后书面决定。一时拿不到的材料可以先不交，会一次性告知您补正。",
        ask="向哪个人力资源和社会保障局申请",
        where="条例 第十七条",
        offices=bureaus_here,
        windows=recognition_windows,
        entered="portal:window_recognition",
        papers="标着“选交”的，有这种情形的才交；一时拿不到的可以先不交，会一次性告知您补正（令8 第八条）。",
        untrue="提供虚假材料骗取工伤认定或者待遇的，要退回并承担法律责任（社会保险法 第八十八条，条例 第六十条）。",
    ),
    Offer(
        code="appraisal",
        procedure=INITIAL,
        title="申请劳动能力鉴定",
        wish="已经认定为工伤，想鉴定伤残等级",
        when="手里有《工伤认定决定书》，伤情稳定、留有残疾，或者停工留薪期满的，选这里。",
        lead="工伤职工经治疗伤情相对稳定、存在残疾、影响劳动能力，或者停工留薪期满的，可以申请。"
        "本人、近亲属、用人单位都可以提出，也可以委托别人办理。不收费。",
        bring=(
            Bring("工伤认定决定书（要填文号、日期和认定的部位）", "条例 第二十三条"),
            Bring("有效的诊断证明、完整的病历和检查报告", "令55 第九条"),
            Bring("被鉴定人的身份证件", "令55 第九条"),
            Bring("近亲属代办：能看出亲属关系的证明；委托他人：授权委托书"),
        ),
        note="没有工伤认定决定书的，请先申请工伤认定。",
        ask="向哪个鉴定委员会申请",
        where="令55 第五条、第七条",
        offices=committees,
        windows=appraisal_windows,
        entered="portal:window_start",
        papers="平台已经保存、能够核对的材料不在此列，不用再交（令55 第九条）。",
        untrue="提供虚假材料骗取鉴定结论或者待遇的，要退回并承担法律责任（社会保险法 第八十八条，令55 第三十一条、第三十七条）。",
    ),
)


def offer_of(code: str) -> Offer:
    """One offer by its code. Raises: NothingOffered."""
    found = next((offer for offer in OFFERS if offer.code == code), None)
    if found is None:
        raise NothingOffered
    return found


def offered(procedure: str) -> Offer:
    """The offer by which a procedure is begun. Raises: StopIteration for one that nobody applies for here."""
    return next(offer for offer in OFFERS if offer.procedure == procedure)
