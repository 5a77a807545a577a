"""The form of the room."""

from typing import Any

from django import forms

from gongjian.authenticity.rules import SUBJECTS, WORDS
from gongjian.recognition.forms.fields import day, text


class InquiryForm(forms.Form):
    """What is asked about a paper."""

    source = forms.ChoiceField(label="协查部门", widget=forms.RadioSelect)
    subject = forms.ChoiceField(label="核对事项", widget=forms.RadioSelect, choices=list(SUBJECTS.items()))
    hospital = text("医疗机构", 100)
    on = day("就诊或者出具的日期")
    purpose = text("协查事由", 500, rows=3, hint="写明为什么需要核对，留存备查，不发给对方。")
    due_on = day("答复期限", hint="逾期未答复的，提醒调查人员另行核实。")
    basis = {"purpose": "个保法 第六条、第二十八条", "subject": "令8 第九条"}

    def __init__(self, *args: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        field.choices = sources


class CompareForm(forms.Form):
    """What it means that two pages are the same picture."""

    word = forms.ChoiceField(label="核对结果", widget=forms.RadioSelect, choices=list(WORDS.items()))
    text = text("依据", 500, rows=3, hint="写明核对了什么、问过谁。这里的记录不改变案件，材料怎样采信写入拟定意见。")
    basis = {"word": "令8 第九条"}
