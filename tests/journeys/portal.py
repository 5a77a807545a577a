"""The applicants' pages, as a person goes through them."""

from django.urls import reverse

from gongjian.applications.models import Draft
from gongjian.config.demo.cast import EMPLOYER, Worker
from gongjian.config.demo.papers import PAGES
from gongjian.materials.catalog import KINDS
from tests.journeys.city import photos
from tests.journeys.people import Visitor

ONWARD = "保存，下一步"


def begins(at: Visitor) -> Draft:
    """Start an application; the draft that now exists."""
    at.opens("portal:start", picture="apply-choose").presses("申请劳动能力鉴定").looks("apply-start")
    at.presses("开始申请").sees("申请人身份")
    return Draft.objects.latest("pk")


def tells(at: Visitor, who: Worker) -> Visitor:
    """Fill in every step, one page after another, as the worker."""
    at.looks("apply-applicant").ticks("工伤职工本人").fills("您的姓名", who.name).presses(ONWARD).sees("被鉴定人姓名")
    tells_person(at, who)
    at.looks("apply-employer").fills("用人单位名称", EMPLOYER["employer_name"]).fills(
        "统一社会信用代码", EMPLOYER["credit_code"]
    ).fills("单位联系人", EMPLOYER["contact_name"]).fills("单位电话", EMPLOYER["employer_telephone"])
    at.fills("单位地址", EMPLOYER["employer_address"]).presses(ONWARD).sees("工伤认定决定书文号")
    at.looks("apply-recognition").fills("工伤认定决定书文号", f"云溪人社工认〔2025〕{who.serial:04d}号")
    at.fills("工伤认定日期", "2025-12-01").fills("受伤日期", "2025-08-01").presses(ONWARD).sees("现在属于哪种情形")
    tells_injury(at, who)
    at.looks("apply-hospital").fills("主要治疗医院", who.hospital).fills("治疗科室", who.department)
    at.presses(ONWARD).sees("送达地址")
    at.looks("apply-address").fills("送达地址", f"云溪市东溪县柳桥路{who.serial}号").ticks("同意电子送达")
    return at.presses(ONWARD).sees("上传材料")


def tells_person(at: Visitor, who: Worker) -> Visitor:
    """Who was injured."""
    at.looks("apply-person").fills("被鉴定人姓名", who.name).fills("证件号码", who.id_number)
    at.fills("被鉴定人手机号", who.telephone).fills("被鉴定人住址", f"云溪市东溪县柳桥路{who.serial}号")
    return at.presses(ONWARD).sees("用人单位名称")


def tells_injury(at: Visitor, who: Worker) -> Visitor:
    """Which parts were recognised, and how it is now."""
    at.looks("apply-injury").ticks("经治疗伤情相对稳定")
    for part in who.parts:
        box = at.page.locator(f"input[name=parts][value='{part}']")
        box.locator("xpath=ancestor::details/summary").click()
        box.check()
    return at.fills("现在的伤情", who.state).presses(ONWARD).sees("主要治疗医院")


def photographs(at: Visitor, who: Worker, *, without: tuple[str, ...] = ()) -> Visitor:
    """Hand in a photograph of every page of every paper but those left out."""
    for kind in PAGES:
        if kind not in without:
            at.presses(KINDS[kind].title)
            uploads(at, kind, who)
            at.presses("完成，返回").sees("点一项材料")
    return at.looks("apply-materials")


def uploads(at: Visitor, kind: str, who: Worker) -> Visitor:
    """All the pages of one paper on its page, looked at before they are left."""
    at.sees("还没有上传").hands_in("选择文件", photos(kind, who)).presses("上传")
    at.sees(f"已收下{PAGES[kind]}个文件").looks(f"apply-paper-{kind}")
    return at


def submits(at: Visitor) -> str:
    """Look everything over, promise that it is true, hand it in; the case's number."""
    at.presses("下一步：核对").sees("请核对").looks("apply-check").presses("没有错，下一步")
    at.sees("承诺并提交").looks("apply-declare").page.get_by_role("checkbox").check()
    at.presses("提交申请").sees("申请已收到").looks("apply-receipt")
    return at.page.url.rstrip("/").split("/")[-2]


def applies(at: Visitor, who: Worker, *, without: tuple[str, ...] = ()) -> str:
    """The whole application; the case's number."""
    begins(at)
    tells(at, who)
    photographs(at, who, without=without)
    return submits(at)


def follows(at: Visitor, number: str, *texts: str, picture: str = "") -> Visitor:
    """Look where the case is, and read these texts there."""
    at.opens("portal:case", number, picture=picture)
    return at.sees(*texts)


def download(at: Visitor, address: str) -> bytes:
    """The bytes behind a link, as the signed-in person gets them."""
    answer = at.context.request.get(f"{at.site}{address}")
    assert answer.ok, f"{address} answered {answer.status}"
    return answer.body()


def address_of_paper(number: int) -> str:
    """Where a paper's file is."""
    return reverse("papers:file", args=[number])
