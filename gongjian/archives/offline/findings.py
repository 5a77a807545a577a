"""What a check of a package says."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: a stable code for programs, which file, a sentence for people."""

    code: str
    about: str
    sentence: str


@dataclass
class Report:
    """What was looked at and what does not hold.

    case: its number; manifest: hash of the manifest as it is; entries: how many ledger entries were recomputed; unanchored: how many
    of them are younger than the last anchor in the package; roots: day → root to which the entries lead, to be compared with those published.
    """

    case: str = ""
    manifest: str = ""
    files: int = 0
    entries: int = 0
    unanchored: int = 0
    signatures: int = 0
    draws: int = 0
    roots: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.findings

    def wrong(self, code: str, about: str = "") -> None:
        """Note one thing that does not hold."""
        self.findings.append(Finding(code, about, SENTENCES[code]))


SENTENCES = {
    "container.unreadable": "不是归档包，或者文件结构已损坏，无法读取。",
    "container.changed": "归档包的文件结构与规定的写法不符：包内文件之外有字节被改动、添加或者删去。",
    "manifest.missing": "缺少清单或者清单的指纹文件。",
    "manifest.unreadable": "清单无法读取，或者不是规定的写法。",
    "manifest.changed": "清单与旁边登记的指纹不符：清单被改动。",
    "manifest.other": "清单的指纹不是您给出的那一个：这不是账链登记的归档包。",
    "file.missing": "清单列有这个文件，包里却没有。",
    "file.unlisted": "包里有这个文件，清单却没有列出，或者列出不止一次。",
    "file.changed": "文件内容与清单登记的指纹或者长度不符：文件被改动。",
    "file.unreadable": "这个文件应有的内容缺失，或者不是规定的写法。",
    "ledger.gap": "账链序号不连续：有条目缺失、重复或者次序被改动。",
    "ledger.link": "与前一条的衔接不符。",
    "ledger.entry": "条目内容与其哈希不符：条目被改动。",
    "ledger.length": "账链的条数或者末条与清单登记的不符。",
    "anchor.root": "这一天的账链末条推算不出日锚：账目或者日锚被改动。",
    "anchor.missing": "这一天已有后来的日锚，自己的日锚却缺失。",
    "paper.unknown": "账链中没有制发这份文书的记录，或者指纹不同。",
    "paper.lost": "账链记有制发这份文书，卷内目录和归档包里却没有。",
    "material.unknown": "账链中没有收到这份材料的记录，或者指纹不同。",
    "opinion.unknown": "账链中没有封存这份意见的记录，或者指纹不同。",
    "opinion.signature": "专家的电子签名不成立。",
    "draw.wrong": "重新抽取的结果与抽取凭证不符。",
    "draw.unknown": "账链中没有这次抽取的记录，或者指纹不同。",
}
