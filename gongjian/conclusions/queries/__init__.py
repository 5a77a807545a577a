"""Reading for reviewers, signers, and whoever follows a conclusion."""

from gongjian.conclusions.queries.lists import batch_for, reopened, to_review, to_sign
from gongjian.conclusions.queries.opinion import (
    Seen,
    conclusion_of,
    defects_of,
    doubts_of,
    latest_review,
    opinion_of,
    reviews_of,
    seen_by,
    times_reopened,
)

__all__ = [
    "Seen",
    "batch_for",
    "conclusion_of",
    "defects_of",
    "doubts_of",
    "latest_review",
    "opinion_of",
    "reopened",
    "reviews_of",
    "seen_by",
    "times_reopened",
    "to_review",
    "to_sign",
]
