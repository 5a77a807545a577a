"""All writing of the room: reviewing, signing, signing many, taking effect and taking that back."""

from gongjian.conclusions.actions.batch import advance, start_batch
from gongjian.conclusions.actions.review import review, send_to_group
from gongjian.conclusions.actions.signing import conclude, send_back

__all__ = ["advance", "conclude", "review", "send_back", "send_to_group", "start_batch"]
