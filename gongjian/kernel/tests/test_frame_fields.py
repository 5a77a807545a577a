"""Form fields as pages show them: everything a screen reader needs is bound to the input."""

import pytest
from django import forms
from django.template import Context, Template

from gongjian.kernel.fields_shown import problems, sentences, shown
from gongjian.kernel.tests.pages import Page
from gongjian.kernel.widgets import DayInput, IdNumberInput, OneTimeCodeInput, TelephoneInput


class Application(forms.Form):
    """One field of each layout."""

    basis = {"hospital": "令55 第八条"}

    name = forms.CharField(label="姓名", help_text="与身份证一致。")
    hospital = forms.CharField(label="治疗医院", required=False)
    county = forms.ChoiceField(label="区县", choices=[("", "请选择"), ("1", "东溪县")])
    who = forms.ChoiceField(label="谁申请", choices=[("a", "我本人"), ("b", "近亲属")], widget=forms.RadioSelect)
    parts = forms.MultipleChoiceField(label="部位", choices=[("1", "右手")], widget=forms.CheckboxSelectMultiple)
    paper = forms.FileField(label="诊断证明")
    truthful = forms.BooleanField(label="真实无误")
    password = forms.CharField(label="口令", widget=forms.PasswordInput)
    number = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        if self.data.get("name") == "周若岚":
            self.add_error(None, "用人单位的经办人请从单位入口申请。")


def page_of(form: forms.Form, markup: str = "{{ form }}") -> Page:
    return Page(Template("{% load frame %}" + markup).render(Context({"form": form})))


def described(page: Page, id: str) -> list[str]:
    """Texts that a screen reader reads for an element."""
    element = page.one(id=id)
    return [page.one(id=part).text for part in (element.get("aria-describedby") or "").split()]


class TestAField:
    def test_its_label_is_bound_to_the_input(self):
        page = page_of(Application())
        assert page.one("label", for_="id_name").text == "姓名"
        assert page.one("input", id="id_name")["name"] == "name"

    def test_its_help_is_read_with_it(self):
        assert described(page_of(Application()), "id_name") == ["与身份证一致。"]

    def test_the_form_names_the_legal_basis_of_its_fields(self):
        assert described(page_of(Application()), "id_hospital") == ["依据：令55 第八条"]

    def test_the_page_may_name_the_basis(self):
        page = page_of(Application(), '{% field form.name basis="令55 第七条" %}')
        assert described(page, "id_name") == ["与身份证一致。", "依据：令55 第七条"]

    def test_the_page_may_give_another_hint(self):
        page = page_of(Application(), '{% field form.name hint="写全名。" %}')
        assert described(page, "id_name") == ["写全名。"]

    def test_what_may_stay_empty_says_so_in_words(self):
        assert page_of(Application()).one("label", for_="id_hospital").text == "治疗医院（选填）"

    def test_its_error_is_read_with_it_and_marked(self):
        page = page_of(Application({}))
        assert described(page, "id_name") == ["与身份证一致。", "错误：请填写。"]
        assert page.one(id="id_name")["aria-invalid"] == "true"
        assert "is-invalid" in page.one(id="id_name").classes

    def test_a_right_field_is_not_marked(self):
        assert page_of(Application({"name": "林知远"})).one(id="id_name").get("aria-invalid") is None

    def test_every_id_it_points_to_exists_and_is_there_once(self):
        page = page_of(Application({}))
        ids = [element["id"] for element in page.elements if element.get("id")]
        pointed = {part for e in page.elements for part in (e.get("aria-describedby") or "").split()}
        assert len(ids) == len(set(ids))
        assert pointed <= set(ids)

    def test_what_was_written_stands_there_again_escaped(self):
        html = str(Application({"name": '"><script>'}))
        assert "<script>" not in html
        assert Page(html).one(id="id_name")["value"] == '"><script>'

    def test_a_field_without_automatic_ids_still_binds_its_error(self):
        field = Application({}, auto_id=False)["name"]
        assert shown(field).id == "name"


class TestLayouts:
    def test_choices_stand_in_a_fieldset_with_a_legend(self):
        page = page_of(Application())
        assert [legend.text for legend in page.all("legend")] == ["谁申请", "部位"]

    def test_a_group_carries_its_error_on_the_fieldset(self):
        page = page_of(Application({}))
        group = next(f for f in page.all("fieldset") if "谁申请" in f.text)
        assert group["aria-describedby"] == "id_who_error"

    def test_each_choice_has_its_own_label(self):
        page = page_of(Application())
        assert page.one("label", for_="id_who_0").text.strip() == "我本人"

    def test_one_box_has_its_label_behind_it(self):
        page = page_of(Application())
        assert "form-check-input" in page.one(id="id_truthful").classes
        assert page.one("label", for_="id_truthful").text == "真实无误"

    def test_a_list_to_choose_from_looks_like_one(self):
        assert "form-select" in page_of(Application()).one("select", id="id_county").classes

    def test_a_file_field_has_a_place_for_names_and_progress(self):
        page = page_of(Application(), "{% field form.paper %}")
        assert page.with_class("gj-chosen")[0]["aria-live"] == "polite"
        assert page.one("progress")["aria-label"] == "上传进度"

    def test_other_fields_have_none(self):
        assert not page_of(Application(), "{% field form.name %}").all("progress")

    def test_a_hidden_field_is_there_without_a_label(self):
        page = page_of(Application())
        assert page.one("input", type="hidden")["name"] == "number"
        assert not page.all("label", for_="id_number")


class TestSentences:
    @pytest.mark.parametrize(
        ("field", "sentence"),
        [
            ("name", "请填写。"),
            ("county", "请选择。"),
            ("who", "请选择。"),
            ("parts", "请选择。"),
            ("paper", "请选择文件。"),
            ("truthful", "请勾选这一项。"),
            ("password", "请填写。"),
        ],
    )
    def test_a_missing_answer_says_what_to_do(self, field: str, sentence: str):
        assert sentences(Application({})[field]) == [sentence]

    def test_a_sentence_of_the_form_itself_is_left_as_it_is(self):
        class Strict(forms.Form):
            day = forms.DateField(label="日期", error_messages={"required": "请填写决定书上的日期。"})

        assert sentences(Strict({})["day"]) == ["请填写决定书上的日期。"]

    def test_other_errors_are_left_as_they_are(self):
        assert sentences(Application({"county": "9"})["county"]) == ["选择一个有效的选项。 9 不在可用的选项中。"]

    def test_a_field_without_error_says_nothing(self):
        assert sentences(Application({"name": "林知远"})["name"]) == []


class TestErrorSummary:
    def test_it_links_every_error_to_its_input(self):
        form = Application({})
        anchors = [problem.anchor for problem in problems(form)]
        ids = [element.get("id") for element in page_of(form).elements]
        assert set(anchors) <= set(ids)
        assert anchors[0] == "id_name"
        assert "id_who_0" in anchors

    def test_it_counts_and_is_ready_to_be_focused(self):
        page = page_of(Application({}))
        box = page.with_class("gj-errors")[0]
        assert "有7处需要修改" in box.text
        assert (box["tabindex"], box["role"]) == ("-1", "alert")
        assert "data-focus" in box.attributes

    def test_what_concerns_the_whole_form_comes_first_without_a_link(self):
        found = problems(Application({"name": "周若岚"}))
        assert found[0].message == "用人单位的经办人请从单位入口申请。"
        assert found[0].anchor == ""

    def test_an_untouched_form_has_none(self):
        assert not page_of(Application()).with_class("gj-errors")


class TestKept:
    """`data-keep="no"`: never written into the browser's memory."""

    def test_a_password_is_never_kept(self):
        assert page_of(Application()).one(id="id_password")["data-keep"] == "no"

    def test_an_ordinary_field_is_kept(self):
        assert page_of(Application()).one(id="id_name").get("data-keep") is None

    def test_the_page_may_say_that_a_field_is_not_kept(self):
        page = page_of(Application(), "{% field form.name keep=False %}")
        assert page.one(id="id_name")["data-keep"] == "no"

    @pytest.mark.parametrize("widget", [IdNumberInput, TelephoneInput, OneTimeCodeInput])
    def test_numbers_that_name_a_person_and_codes_are_not_kept(self, widget: type[forms.Widget]):
        class Form(forms.Form):
            value = forms.CharField(label="号码", widget=widget)

        assert page_of(Form()).one(id="id_value")["data-keep"] == "no"

    @pytest.mark.parametrize("name", ["one_time_otp", "api_token", "secret_answer", "code"])
    def test_a_field_that_sounds_secret_is_not_kept(self, name: str):
        form = type("Form", (forms.Form,), {name: forms.CharField(label="保密")})()
        assert page_of(form).one(id=f"id_{name}")["data-keep"] == "no"


class TestWidgets:
    def test_a_day_uses_the_devices_picker_in_its_own_notation(self):
        class Form(forms.Form):
            day = forms.DateField(label="日期", widget=DayInput)

        page = page_of(Form({"day": "2026-03-05"}))
        assert (page.one(id="id_day")["type"], page.one(id="id_day")["value"]) == ("date", "2026-03-05")

    def test_a_code_opens_the_number_keys_and_is_filled_from_the_message(self):
        html = OneTimeCodeInput().render("code", None)
        assert 'inputmode="numeric"' in html
        assert 'autocomplete="one-time-code"' in html

    def test_an_identity_number_is_not_offered_to_the_next_person(self):
        assert 'autocomplete="off"' in IdNumberInput().render("id_number", None)

    def test_a_telephone_number_opens_the_telephone_keys(self):
        assert 'type="tel"' in TelephoneInput().render("telephone", None)

    def test_a_page_may_add_to_a_widget(self):
        assert 'placeholder="末位可为X"' in IdNumberInput({"placeholder": "末位可为X"}).render("id_number", None)
