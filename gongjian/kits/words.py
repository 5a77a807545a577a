"""Why an event waits or does not fit, in words that name nobody: the refusal's own sentence may bear facts, so it is not kept."""

from typing import Final

SENTENCES: Final = {
    "kits.not_come_yet": "平台上还没有这位被鉴定人的报到、分组和叫号，工作人员补办之后自动并入。",
    "opinions.not_called_yet": "平台上还没有叫到这位被鉴定人，叫到之后自动并入。",
    "opinions.recusal_waiting": "当事人的回避申请还没有答复，答复之后自动并入。",
    "opinions.group_incomplete": "专家组有空缺的席位，补齐之后自动并入。",
    "kits.file_missing": "照片或者签名的文件还没有传到，传到之后自动并入。",
    "kits.never_ready": "工作包结束七天以后，平台上仍没有报到、分组、叫号、回避答复或者席位，不再自动并入。带回的原样留存，请核对；需要这份意见的，请专家在平台上重新填写并签名封存。",
    "kits.file_never_came": "工作包结束七天以后，照片或者签名的文件仍没有传到，不再等候。请向专家核对设备上是否还有这份文件。",
    "opinions.draft_changed_meanwhile": "带走之后，同一份意见在平台上也改过。两处都没有被覆盖，请选择保留哪一处。",
    "opinions.sealed_already": "本轮意见已经在平台上封存。先封存的有效；带回的原样留存，不计票。",
    "opinions.not_open_now": "本案在平台上已经进入别的步骤。带回的原样留存，不再并入。",
    "opinions.exam_not_found": "带走这个工作包的专家不在本案的专家组里。带回的原样留存，不计票。",
    "opinions.not_declared": "平台上没有这位专家的回避声明。带回的原样留存，不计票。",
    "opinions.not_ready": "封存的意见按标准核对仍有缺漏或者矛盾，不能计票。已封存的文本不会改动；请专家在平台上重新填写并签名封存。",
    "opinions.statement_unsound": "封存的意见与抽取、席位、轮次或者签名对不上。带回的原样留存，不计票。",
    "kits.not_in_kit": "这条记录说的检查不在这个工作包里，或者内容读不出来。带回的原样留存。",
}


def sentence(code: str) -> str:
    """Why, for whoever looks at the kit."""
    return SENTENCES.get(code, "平台现在不能办理这一条。带回的原样留存，请工作人员核对。")
