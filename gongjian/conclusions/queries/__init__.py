"""Reading for reviewers, signers, and whoever follows a conclusion."""

from gongjian.conclusions.queries.lists import batch_for, to_review, to_sign
from gongjian.conclusions.queries.opinion import (
    Seen,
    conclusion_of,
    doubts_of,
    latest_review,
    opinion_of,
    reviews_of,
    seen_by,
)

__all__ = [
    "Seen",
    "batch_for",
    "conclusion_of",
    "doubts_of",
    "latest_review",
    "opinion_of",
    "reviews_of",
    "seen_by",
    "to_review",
    "to_sign",
]
