"""The cast: offices, staff, experts and parties of the demo city. Everybody is invented; the region code 99 does not exist."""

from dataclasses import dataclass

from gongjian.accounts.models import Office, Post, User
from gongjian.accounts.roles import Role
from gongjian.kernel import moment
from gongjian.kernel.fields import blind_index
from gongjian.law.identity import id_check_digit

PASSWORD = "Yunxi-demo-2026"  # noqa: S105 - of the demo's staff only; the sign-in page shows them anyway
COMMITTEE = "YXJD"
BUREAU = "YXRS"
AGENCY = "YXSB"


@dataclass(frozen=True)
class Place:
    """An office of the demo."""

    code: str
    name: str
    short: str
    kind: Office.Kind
    region: str
    parent: str
    address: str
    telephone: str


PLACES = (
    Place("YLJD", "云岭省劳动能力鉴定委员会", "省鉴定委", Office.Kind.PROVINCE, "990000", "", "云岭市岭前路1号", "0990-55550000"),
    Place(COMMITTEE, "云溪市劳动能力鉴定委员会", "市鉴定委", Office.Kind.COMMITTEE, "990100", "YLJD", "云溪市临江路8号", "0991-55550100"),
    Place(BUREAU, "云溪市人力资源和社会保障局", "市人社局", Office.Kind.HRSS, "990100", "YLJD", "云溪市府前街2号", "0991-55550200"),
    Place(AGENCY, "云溪市社会保险经办中心", "市社保中心", Office.Kind.AGENCY, "990100", "YXRS", "云溪市府前街6号", "0991-55550300"),
    Place("YXDX", "云溪市东溪县鉴定受理窗口", "东溪窗口", Office.Kind.COUNTY, "990121", COMMITTEE, "东溪县政务大厅3号窗口", "0991-55551210"),
    Place("YXXX", "云溪市西溪县鉴定受理窗口", "西溪窗口", Office.Kind.COUNTY, "990122", COMMITTEE, "西溪县政务大厅5号窗口", "0991-55551220"),
)  # fmt: skip
STAFF = (
    ("chen", "陈晓窗", Role.WINDOW_CLERK, COMMITTEE),
    ("shen", "沈审言", Role.REVIEWER, COMMITTEE),
    ("qiu", "邱排云", Role.SCHEDULER, COMMITTEE),
    ("tang", "唐抽言", Role.DRAW_OFFICER, COMMITTEE),
    ("jian", "简当日", Role.EXAM_STAFF, COMMITTEE),
    ("fang", "方签石", Role.SIGNER, COMMITTEE),
    ("song", "宋达", Role.DELIVERY_CLERK, COMMITTEE),
    ("ke", "柯存卷", Role.ARCHIVIST, COMMITTEE),
    ("yan", "严督", Role.SUPERVISOR, COMMITTEE),
    ("guan", "管维", Role.ADMINISTRATOR, COMMITTEE),
    ("dong", "董溪口", Role.WINDOW_CLERK, "YXDX"),
    ("xi", "席西窗", Role.WINDOW_CLERK, "YXXX"),
    ("sheng", "盛监", Role.SUPERVISOR, "YLJD"),
    ("ling", "凌省辖", Role.ADMINISTRATOR, "YLJD"),
    ("renjie", "任接件", Role.SUPERVISOR, "YXRS"),
    ("jinfang", "金放", Role.SUPERVISOR, AGENCY),
    ("xia", "夏收件", Role.WINDOW_CLERK, BUREAU),
    ("cha", "查实言", Role.INVESTIGATOR, BUREAU),
    ("fangq", "访青", Role.INVESTIGATOR, BUREAU),
    ("he", "何复明", Role.REVIEWER, BUREAU),
    ("ding", "丁定印", Role.SIGNER, BUREAU),
    ("tong", "童送远", Role.DELIVERY_CLERK, BUREAU),
    ("guij", "桂卷", Role.ARCHIVIST, BUREAU),
    ("hesuan", "贺核算", Role.REVIEWER, AGENCY),
    ("wan", "万一窗", Role.WINDOW_CLERK, BUREAU),
    ("wan", "万一窗", Role.WINDOW_CLERK, COMMITTEE),
    ("wan", "万一窗", Role.WINDOW_CLERK, AGENCY),
)
"""Who has which post; the last clerk sits at the window of all three: determination, appraisal, benefits."""
HOSPITALS = ("云溪市第一人民医院", "云溪市中医院", "东溪县人民医院", "云溪市职业病防治院", "云岭医学院附属医院")


@dataclass(frozen=True)
class Doctor:
    """An expert of the demo."""

    username: str
    name: str
    hospital: int
    department: str
    specialties: tuple[str, ...]


DOCTORS = (
    Doctor("luo", "骆骨生", 0, "骨科", ("orthopaedics",)),
    Doctor("zhang", "章手一", 1, "手足外科", ("hand_foot",)),
    Doctor("nie", "聂神安", 2, "神经内科", ("neurology",)),
    Doctor("yanm", "颜明", 0, "眼科", ("ophthalmology",)),
    Doctor("xiong", "熊扩", 4, "胸外科", ("thoracic",)),
    Doctor("gu", "顾关节", 1, "骨科", ("orthopaedics",)),
    Doctor("lubei", "陆备", 2, "骨科", ("orthopaedics", "hand_foot")),
    Doctor("ke2", "柯肢端", 3, "手足外科", ("hand_foot",)),
    Doctor("naoh", "闹河", 4, "神经外科", ("neurology",)),
    Doctor("tongx", "童晰", 3, "眼科", ("ophthalmology",)),
    Doctor("feiq", "费清", 2, "呼吸科", ("respiratory", "internal")),
    Doctor("yuanj", "原骏", 4, "骨科", ("orthopaedics",)),
    Doctor("baij", "白脊", 3, "骨科", ("orthopaedics", "rehabilitation")),
    Doctor("shouy", "守意", 0, "手足外科", ("hand_foot", "orthopaedics")),
    Doctor("pum", "蒲面", 1, "整形外科", ("burns_plastic",)),
    Doctor("fuq", "符腔", 2, "普外科", ("general_surgery",)),
)


@dataclass(frozen=True)
class Worker:
    """An injured worker of the demo, with what the application tells. is_online: agrees to electronic delivery."""

    serial: int
    name: str
    telephone: str
    parts: tuple[str, ...]
    state: str
    hospital: str
    department: str
    born: str = "19850312"
    is_online: bool = True

    @property
    def id_number(self) -> str:
        """A well-formed number of nobody."""
        first = f"990101{self.born}{self.serial % 1000:03d}"
        return first + id_check_digit(first)


NAMES = (
    "林知远", "沙禾", "邓望舟", "易青岩", "裴小满", "鲁山行", "纪长风", "焦渡", "温石桥", "蓝渐", "施云开", "谷雨生", "莫听涛", "桑榆", "童远", "顾秋白",
    "阮溪", "左一舟", "洛川平", "牧野", "简宁", "池上舟", "麦穗", "辛夷",
)  # fmt: skip
INJURIES = (
    (("133:right",), "右手食指、中指伤后活动不便，握物无力。", "手足外科"),
    (("143:left",), "左膝韧带断裂手术后，上下楼梯困难。", "骨科"),
    (("144:right",), "右小腿骨折内固定术后，阴雨天疼痛。", "骨科"),
    (("131:left",), "左腕骨折愈合，转动受限。", "骨科"),
)


def worker(serial: int, *, is_online: bool = True) -> Worker:
    """Worker number `serial`, 1 to 9,999; the same number is always the same person."""
    parts, state, department = INJURIES[serial % len(INJURIES)]
    name = NAMES[(serial - 1) % len(NAMES)]
    born = f"{1985 - serial // 1000}0312"
    return Worker(serial, name, f"1990000{serial:04d}", parts, state, "云溪市人民医院", department, born, is_online)


EMPLOYER = {
    "employer_name": "云溪恒信机械有限公司",
    "credit_code": "91990100MA00000001",
    "contact_name": "周若岚",
    "employer_telephone": "19900008001",
    "employer_address": "云溪市工业大道8号",
}


def found_offices() -> None:
    """Make the offices, once. The counties' windows work for the city committee."""
    for place in PLACES:
        told = {
            "name": place.name,
            "short_name": place.short,
            "kind": place.kind,
            "region": place.region,
            "parent": Office.objects.filter(code=place.parent).first(),
            "address": place.address,
            "telephone": place.telephone,
        }
        Office.objects.get_or_create(code=place.code, defaults=told)
    for county in Office.objects.filter(kind=Office.Kind.COUNTY):
        county.serves.add(committee())


def engage_staff() -> None:
    """Make the members of staff with their posts, once."""
    for username, name, role, code in STAFF:
        user = _user(username, name=name, kind=User.Kind.STAFF, password=PASSWORD)
        Post.objects.get_or_create(user=user, office=Office.objects.get(code=code), role=role)


def committee() -> Office:
    """The city committee."""
    return Office.objects.get(code=COMMITTEE)


def bureau() -> Office:
    """The city's HRSS bureau, which decides on recognitions."""
    return Office.objects.get(code=BUREAU)


def staff(role: Role, office: str = COMMITTEE, *, number: int = 0) -> User:
    """The member of staff with this role at the city's committee, or at another office; number: where there are several."""
    names = [name for name, _, held, code in STAFF if (held, code) == (role, office)]
    return User.objects.get(username=names[number])


def party(name: str, telephone: str) -> User:
    """The account of a party, as the first sign-in by telephone code makes it."""
    index = blind_index(telephone, "telephone")
    known = User.objects.filter(telephone_index=index).first()
    return known or User.objects.create_user(
        f"p-{index[:24]}",
        name=name,
        kind=User.Kind.APPLICANT,
        telephone=telephone,
        telephone_index=index,
        is_demo=True,
        created_at=moment.now(),
    )


def doctor_user(doctor: Doctor) -> User:
    """The account of an expert."""
    return _user(doctor.username, name=doctor.name, kind=User.Kind.EXPERT, password=PASSWORD)


def _user(username: str, *, name: str, kind: User.Kind, password: str) -> User:
    known = User.objects.filter(username=username).first()
    return known or User.objects.create_user(
        username,
        password,
        name=name,
        kind=kind,
        card_number=f"YX{username}",
        is_demo=True,
        created_at=moment.now(),
    )
