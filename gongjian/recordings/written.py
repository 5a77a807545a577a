"""The list of a recording's pieces as a file that goes with a copy."""

from dataclasses import asdict
from typing import Any

from gongjian.recordings.copies import FORM
from gongjian.recordings.models import Recording


def written(recording: Recording) -> dict[str, Any]:
    """The list: the key, each piece with its link, the last link, and when a step began. Nobody's name."""
    return {
        "form": FORM,
        "key": recording.key,
        "started_at": recording.started_at.isoformat(),
        "pieces": [asdict(chunk.piece) for chunk in recording.chunks.order_by("position")],
        "head": recording.head,
        "marks": [{"step": mark.step, "at_ms": mark.at_ms} for mark in recording.marks.all()],
    }
