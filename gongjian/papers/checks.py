"""What `gongjian check` asks of papers: no gap in a series, and the stored bytes are still those that were issued."""

from collections.abc import Iterator

from django.db.models import Count, F, Max

from gongjian.cases.models import NumberSeries
from gongjian.kernel.checks import Problem
from gongjian.kernel.evidence.queries import fault_in
from gongjian.papers.models import Paper


def paper_numbers() -> Iterator[Problem]:
    """Series in which a number is missing, and series whose last number given differs from the last paper."""
    given = {
        (row.office_id, row.series.removeprefix("paper."), row.year): row.last
        for row in NumberSeries.objects.filter(series__startswith="paper.")
    }
    rows = Paper.objects.values("office_id", "office__code", "kind", "year").annotate(Count("pk"), Max("sequence"))
    for row in rows.order_by("office_id", "kind", "year"):
        about = f"{row['office__code']}/{row['kind']}/{row['year']}"
        last = given.pop((row["office_id"], row["kind"], row["year"]), 0)
        if not row["pk__count"] == row["sequence__max"] == last:
            yield Problem(
                "paper_numbers",
                about,
                f"编号已发到{last}，实有{row['pk__count']}份，最大{row['sequence__max']}号：编号有缺。",
            )
    for (office, kind, year), last in given.items():
        yield Problem("paper_numbers", f"{office}/{kind}/{year}", f"编号已发到{last}，却没有一份文书。")


def paper_bytes() -> Iterator[Problem]:
    """Papers whose evidence is missing or changed, or whose row names another hash than its evidence."""
    for number in Paper.objects.exclude(sha256=F("evidence__sha256")).values_list("number", flat=True):
        yield Problem("paper_bytes", number, "文书登记的数字指纹与所存文件的不一致。")
    rows = Paper.objects.order_by("pk").values_list("number", "evidence__sha256", "evidence__size")
    for number, digest, size in rows.iterator(chunk_size=500):
        if fault := fault_in(digest, size):
            yield Problem("paper_bytes", number, f"文书的{fault.value}")
