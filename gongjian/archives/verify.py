"""Check a package offline: `python -m gongjian.archives.verify PACKAGE.zip [HASH]`. Needs no settings, no database, no other library."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from gongjian.archives.offline.check import verify
from gongjian.archives.offline.findings import Report

USAGE = "用法：python -m gongjian.archives.verify 归档包.zip [清单指纹]"


def checked(path: Path, manifest: str = "") -> Report:
    """The report on a package. manifest: hash that the platform's ledger keeps, "" when it is not at hand. Raises: OSError."""
    with path.open("rb") as file:
        return verify(file, manifest=manifest)


def words(report: Report) -> str:
    """The report as people read it."""
    wrong = [f"不成立：{one.about}{'：' if one.about else ''}{one.sentence}（{one.code}）" for one in report.findings]
    lines = wrong or [f"核验通过：案件{report.case}的归档包完整，没有被改动。"]
    looked = f"文件{report.files}个，账链{report.entries}条，专家签名{report.signatures}个，抽取凭证{report.draws}份"
    lines += [f"已核验：{looked}。", f"清单指纹：{report.manifest or '（无）'}"]
    if report.roots:
        newest = max(report.roots)
        lines.append(f"最后一个日锚：{newest} {report.roots[newest]}，请与平台公布的日锚核对。")
    if report.unanchored:
        lines.append(f"其中{report.unanchored}条在最后一个日锚之后记入，请用清单指纹与平台账链核对。")
    return "\n".join(lines) + "\n"


def plain(report: Report) -> str:
    """The report as JSON."""
    return json.dumps({**asdict(report), "holds": report.holds}, ensure_ascii=False, indent=1) + "\n"


def main(arguments: list[str]) -> int:
    """Exit code 0 when everything holds, 1 when something does not, 2 when there is nothing to check."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(USAGE + "\n")
        return 2
    try:
        report = checked(Path(arguments[0]), *arguments[1:])
    except OSError as error:
        sys.stderr.write(f"打不开 {arguments[0]}：{error.strerror}\n")
        return 2
    sys.stdout.write(words(report))
    return 0 if report.holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
