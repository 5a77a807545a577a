"""The index of articles in the documents is what the code says today."""

from pathlib import Path

from gongjian.law.references import main

INDEX = Path(__file__).parents[1] / "docs" / "law" / "index.md"


def test_the_index_of_articles_is_fresh(tmp_path: Path) -> None:
    main([str(tmp_path / "index.md")])
    fresh = (tmp_path / "index.md").read_text("utf-8")
    assert INDEX.read_text("utf-8") == fresh, "run: python -m gongjian.law.references docs/law/index.md"
