"""All reading of opinions: who may open what, an expert's duties, what the group has come to."""

from gongjian.opinions.queries.result import GroupOpinion, MemberOpinion, result_of

__all__ = ["GroupOpinion", "MemberOpinion", "result_of"]
