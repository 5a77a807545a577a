"""An invented conclusion, for measuring how fast papers are made."""

from datetime import date

from gongjian.papers.forms.base import Imprint
from gongjian.papers.forms.conclusion import (
    Appraisee,
    Basis,
    CitedClause,
    ConclusionPaper,
    Employer,
    Injury,
    Outcome,
    Recognition,
    Rights,
    SelfCare,
)


def sample_imprint(office: str) -> Imprint:
    """The imprint of an office."""
    return Imprint(
        office=office,
        number="云溪劳鉴初〔2026〕1号",
        issued_on=date(2026, 3, 20),
        address="云溪市临江路8号",
        telephone="0991-55550100",
        check_base="https://gongjian.example",
        check_code="7K3M9QX2T4VB",
    )


def sample_conclusion(imprint: Imprint) -> ConclusionPaper:
    """Grade nine by two clauses, two injuries."""
    return ConclusionPaper(
        imprint=imprint,
        case_number="YXJD-2026-000001",
        applied_on=date(2026, 1, 8),
        examined_on=date(2026, 2, 27),
        appraisee=Appraisee(
            name="林知远", sex="男", born=date(1985, 3, 12), id_type="公民身份号码", id_number="99010119850312001X"
        ),
        employer=Employer(name="云溪恒信机械有限公司", credit_code="91990100MA00000001", address="云溪市工业大道8号"),
        recognition=Recognition(
            number="云溪人社工认〔2025〕12号", decided_on=date(2025, 11, 3), parts="右手示指、中指"
        ),
        injuries=(
            Injury(part="右手示指", impairment="近侧指间关节以远缺失", diagnosis="右手示指离断伤术后"),
            Injury(part="右手中指", impairment="远侧指间关节强直", diagnosis="右手中指末节骨折术后"),
        ),
        basis=Basis(
            standard="《劳动能力鉴定 职工工伤与职业病致残等级》（GB/T 16180-2014）",
            clauses=(
                CitedClause(number="5.9.2(10)", grade=9, text="一手示指两节缺失"),
                CitedClause(number="5.10.2(5)", grade=10, text="除拇指外余指末节关节功能丧失"),
            ),
        ),
        outcome=Outcome(grade=9, self_care=SelfCare.NONE),
        rights=Rights(provincial_committee="云岭省劳动能力鉴定委员会", second_appraisal_days=15, review_after_years=1),
        copies_to=("云溪市人力资源和社会保障局", "云溪市社会保险经办中心"),
    )
