"""The template pack, widget by widget, read back as a page."""

import datetime

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from design_system.fields import DatePartsField, LongTextField, MonthField
from design_system.forms import CreatesOnceMixin
from design_system.gallery import ApplicationExample, ExampleFile, JobFormSet
from design_system.layout import (
    Buttons,
    Checkboxes,
    Details,
    Fieldset,
    Link,
    Question,
    Radios,
    Submit,
    form_helper,
)
from tests.design_system.page import read

HOSTILE = "<script>alert(1)</script>\"'&"


def shown(field, data=None, files=None, initial=None, **presentation):
    """A page with one field, named "answer", presented as asked."""
    form_class = type("OneField", (forms.Form,), {"answer": field})
    initial = {"answer": initial} if initial is not None else None
    form = form_class(data=data, files=files, initial=initial)
    form.helper = form_helper(Question("answer", **presentation))
    return read(render_crispy_form(form))


def with_errors(field, **presentation):
    return shown(field, data={}, **presentation)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (forms.CharField(), "text"),
        (forms.EmailField(), "email"),
        (forms.IntegerField(), "number"),
        (forms.DecimalField(), "number"),
        (forms.URLField(assume_scheme="https"), "url"),
        (forms.CharField(widget=forms.TextInput(attrs={"type": "tel"})), "tel"),
    ],
)
def test_a_short_answer_has_a_label_a_hint_and_an_error(field, kind):
    field.label, field.help_text = "Your answer", "In a few words"
    page = with_errors(field)
    box = page.by_id("id_answer")

    assert (box["type"], "govuk-input" in box.classes, "govuk-input--error" in box.classes) == (
        kind,
        True,
        True,
    )
    assert page.one("label", for_="id_answer").text == "Your answer"
    assert box["aria-describedby"].split() == ["id_answer_helptext", "id_answer_error"]
    assert page.by_id("id_answer_helptext").text == "In a few words"
    assert page.by_id("id_answer_error").text == "Error: Fill this in"
    assert box["aria-invalid"] == "true"


def test_an_answer_without_an_error_is_not_marked_as_one():
    page = shown(forms.CharField())

    assert "govuk-input--error" not in page.by_id("id_answer").classes
    assert page.all(css="govuk-form-group--error") == []
    assert page.by_id("id_answer").get("aria-invalid") is None


def test_a_browser_does_not_check_answers_before_us():
    page = shown(forms.CharField())

    assert page.by_id("id_answer").get("required") is None
    assert "novalidate" in page.one("form").attributes


def test_nothing_is_said_by_a_placeholder():
    page = shown(forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Type here"})))

    assert page.by_id("id_answer").get("placeholder") is None


def test_a_number_may_stand_between_a_prefix_and_a_suffix():
    page = shown(forms.IntegerField(), prefix="£", suffix="a year", width="10")

    assert page.one(css="govuk-input__prefix").text == "£"
    assert page.one(css="govuk-input__suffix").text == "a year"
    assert "govuk-input--width-10" in page.by_id("id_answer").classes


def test_a_password_can_be_shown_and_is_never_sent_back():
    page = shown(forms.CharField(widget=forms.PasswordInput), data={"answer": "secret"})
    box = page.by_id("id_answer")

    assert (box["type"], box.get("value"), box["spellcheck"]) == ("password", None, "false")
    assert page.one(data_module="govuk-password-input").by_id("id_answer") is box
    button = page.one("button", css="govuk-js-password-input-toggle")
    assert (button["aria-controls"], button["type"], "hidden" in button.attributes) == (
        "id_answer",
        "button",
        True,
    )


@pytest.mark.parametrize(
    ("field", "limit", "count_type", "words"),
    [
        (LongTextField(max_words=150), "150", "words", "You can enter up to 150 words"),
        (LongTextField(max_length=300), "300", None, "You can enter up to 300 characters"),
        (
            forms.CharField(max_length=80, widget=forms.Textarea),
            "80",
            None,
            "You can enter up to 80 characters",
        ),
    ],
)
def test_a_long_answer_is_counted_and_never_cut_off(field, limit, count_type, words):
    page = shown(field)
    group = page.one(data_module="govuk-character-count")
    box = page.by_id("id_answer")

    assert (group["data-maxlength"], group.get("data-count-type")) == (limit, count_type)
    assert "govuk-js-character-count" in box.classes
    assert box.get("maxlength") is None
    assert page.by_id("id_answer-info").text == words
    assert box["aria-describedby"] == "id_answer-info"


def test_a_long_answer_without_a_limit_has_no_counter():
    page = shown(LongTextField())

    assert page.all(css="govuk-character-count") == []
    assert "govuk-textarea" in page.by_id("id_answer").classes


def test_a_list_to_choose_from_shows_its_error():
    field = forms.ChoiceField(choices=[("", "Choose"), ("a", "Andover")])
    box = with_errors(field).by_id("id_answer")

    assert (box.tag, "govuk-select" in box.classes, "govuk-select--error" in box.classes) == (
        "select",
        True,
        True,
    )


CHOICES = [("email", "E-mail"), ("phone", "Phone"), ("none", "None of these")]


def test_radios_stand_in_a_fieldset_that_carries_hint_and_error():
    page = with_errors(
        forms.ChoiceField(
            label="Contact", help_text="One only", choices=CHOICES, widget=forms.RadioSelect
        )
    )
    fieldset = page.one("fieldset")

    assert fieldset.one("legend").text == "Contact"
    assert fieldset["aria-describedby"].split() == ["id_answer_helptext", "id_answer_error"]
    assert [radio["id"] for radio in fieldset.all("input", type="radio")] == [
        "id_answer_0",
        "id_answer_1",
        "id_answer_2",
    ]
    assert [label.text for label in fieldset.all("label")] == ["E-mail", "Phone", "None of these"]
    assert not any(radio.get("aria-invalid") for radio in fieldset.all("input"))


class ContactForm(forms.Form):
    contact = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    number = forms.CharField(required=False)

    helper = form_helper(
        Radios(
            "contact",
            conditional={"phone": "number"},
            hints={"email": "Within two days"},
            divider_before="none",
        )
    )


@pytest.mark.parametrize(("chosen", "closed"), [(None, True), ("email", True), ("phone", False)])
def test_a_radio_opens_its_further_question_only_when_chosen(chosen, closed):
    page = read(render_crispy_form(ContactForm(initial={"contact": chosen})))
    further = page.by_id("id_contact_1_conditional")

    assert page.by_id("id_contact_1")["data-reveals"] == further["id"]
    assert ("govuk-radios__conditional--hidden" in further.classes) is closed
    assert further.by_id("id_number").tag == "input"
    assert [
        radio["id"] for radio in page.all("input", type="radio") if radio.get("data-reveals")
    ] == ["id_contact_1"]


def test_an_option_may_have_a_hint_and_a_divider_before_it():
    page = read(render_crispy_form(ContactForm()))

    assert page.by_id("id_contact_0")["aria-describedby"] == "id_contact_0_hint"
    assert page.by_id("id_contact_0_hint").text == "Within two days"
    assert page.one(css="govuk-radios__divider").text == "or"


def test_radios_may_stand_side_by_side():
    page = shown(forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect), inline=True)

    assert {"govuk-radios", "govuk-radios--inline"} <= set(page.one(css="govuk-radios").classes)


def test_none_of_these_clears_the_other_checkboxes():
    field = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    page = shown(field, data={"answer": ["phone"]}, none_of_these="none")
    boxes = page.all("input", type="checkbox")

    assert [box.get("data-behaviour") for box in boxes] == [None, None, "exclusive"]
    assert ["checked" in box.attributes for box in boxes] == [False, True, False]
    assert (
        page.one(data_module="govuk-checkboxes").all(css="govuk-checkboxes__divider")[0].text
        == "or"
    )


def test_a_checkbox_may_open_a_further_question():
    form_class = type(
        "Skills",
        (forms.Form,),
        {
            "skills": forms.MultipleChoiceField(
                choices=CHOICES, widget=forms.CheckboxSelectMultiple
            ),
            "which": forms.CharField(required=False),
            "helper": form_helper(Checkboxes("skills", conditional={"email": ["which"]})),
        },
    )
    page = read(render_crispy_form(form_class()))

    assert page.by_id("id_skills_0")["data-aria-controls"] == "id_skills_0_conditional"
    assert page.by_id("id_skills_0_conditional").by_id("id_which").tag == "input"


def test_a_single_tick_has_its_label_beside_it():
    page = with_errors(
        forms.BooleanField(label="It is true", help_text="To the best of your knowledge")
    )
    box = page.by_id("id_answer")

    assert (box["type"], "govuk-checkboxes__input" in box.classes) == ("checkbox", True)
    assert page.one("label", for_="id_answer").text == "It is true"
    assert box["aria-describedby"].split() == ["id_answer_helptext", "id_answer_error"]


def date_boxes(page, parts=3):
    return [page.by_id(f"id_answer_{number}") for number in range(parts)]


def test_a_date_is_three_labelled_boxes():
    page = shown(
        DatePartsField(label="Start", help_text="For example, 27 3 2019"),
        initial=datetime.date(2026, 9, 1),
    )
    boxes = date_boxes(page)

    assert [box["name"] for box in boxes] == ["answer_day", "answer_month", "answer_year"]
    assert [box["value"] for box in boxes] == ["1", "9", "2026"]
    assert [page.one("label", for_=box["id"]).text for box in boxes] == ["Day", "Month", "Year"]
    assert [box.get("inputmode") for box in boxes] == ["numeric", None, "numeric"]
    assert page.one("fieldset")["aria-describedby"] == "id_answer_helptext"


def test_only_the_wrong_part_of_a_date_is_marked_and_linked():
    page = shown(
        DatePartsField(thing="The date"),
        data={"answer_day": "27", "answer_month": "", "answer_year": "2019"},
    )

    assert ["govuk-input--error" in box.classes for box in date_boxes(page)] == [False, True, False]
    assert [box.get("aria-invalid") for box in date_boxes(page)] == [None, "true", None]
    assert [box["value"] for box in date_boxes(page)] == ["27", "", "2019"]
    assert page.one(css="govuk-error-summary").one("a")["href"] == "#id_answer_1"


def test_a_month_is_two_labelled_boxes():
    page = shown(MonthField(label="Start"), initial=datetime.date(2026, 9, 1))
    boxes = date_boxes(page, parts=2)

    assert [box["name"] for box in boxes] == ["answer_month", "answer_year"]
    assert [box["value"] for box in boxes] == ["9", "2026"]
    assert [page.one("label", for_=box["id"]).text for box in boxes] == ["Month", "Year"]
    assert [box.get("inputmode") for box in boxes] == [None, "numeric"]


def test_only_the_wrong_part_of_a_month_is_marked_and_linked():
    page = shown(MonthField(thing="The month"), data={"answer_month": "3", "answer_year": "19"})
    boxes = date_boxes(page, parts=2)

    assert [box.get("aria-invalid") for box in boxes] == [None, "true"]
    assert [box["value"] for box in boxes] == ["3", "19"]
    assert page.one(css="govuk-error-summary").one("a")["href"] == "#id_answer_1"


def test_a_file_is_dropped_or_chosen():
    page = with_errors(forms.FileField(widget=forms.FileInput(attrs={"accept": ".pdf"})))
    box = page.one(data_module="govuk-file-upload").by_id("id_answer")

    assert (box["type"], box["accept"], "govuk-file-upload--error" in box.classes) == (
        "file",
        ".pdf",
        True,
    )
    assert page.one("form")["enctype"] == "multipart/form-data"


@pytest.mark.parametrize("required", [True, False])
def test_a_file_there_already_is_named_and_can_be_removed_if_optional(required):
    page = shown(forms.FileField(required=required), initial=ExampleFile("cv.pdf", "/files/1"))
    now = page.one(css="hp-current-file")

    assert (now.one("a").text, now.one("a")["href"]) == ("cv.pdf", "/files/1")
    assert [box["name"] for box in now.all("input", type="checkbox")] == (
        [] if required else ["answer-clear"]
    )


def test_a_file_just_sent_does_not_count_as_there_already():
    upload = SimpleUploadedFile("cv.pdf", b"%PDF")

    assert (
        shown(forms.FileField(), data={}, files={"answer": upload}).all(css="hp-current-file") == []
    )


class EnquiryForm(CreatesOnceMixin, forms.Form):
    name = forms.CharField()

    helper = form_helper("name", Submit("Send enquiry"))


def test_the_one_time_key_is_there_though_the_layout_does_not_name_it():
    key = read(render_crispy_form(EnquiryForm())).by_id("id_one_time_key")

    assert (key["type"], key["name"], len(key["value"])) == ("hidden", "one_time_key", 36)


def test_the_one_time_key_stays_the_same_when_the_form_comes_back():
    sent = read(render_crispy_form(EnquiryForm())).by_id("id_one_time_key")["value"]
    page = read(render_crispy_form(EnquiryForm({"name": "", "one_time_key": sent})))

    assert page.by_id("id_one_time_key")["value"] == sent


def test_a_button_cannot_be_pressed_twice():
    button = read(render_crispy_form(EnquiryForm())).one("button")

    assert (button.text, button["type"]) == ("Send enquiry", "submit")
    assert (button["data-module"], button["data-prevent-double-click"]) == ("govuk-button", "true")


def test_questions_can_be_grouped_folded_and_given_several_buttons():
    form = EnquiryForm()
    form.helper = form_helper(
        Fieldset("About you", Details("More", "name"), size="l", hint="All of it"),
        Buttons(Submit("Go", look="rose", name="go", value="1"), Link("Cancel", "/back/")),
    )
    page = read(render_crispy_form(form))

    assert page.one("legend").text == "About you"
    assert page.one("details").by_id("id_name").tag == "input"
    assert (page.one("button")["name"], page.one("button")["value"]) == ("go", "1")
    assert page.one(css="govuk-button-group").one("a")["href"] == "/back/"


def test_a_form_that_only_asks_sends_no_token():
    form = EnquiryForm()
    form.helper = form_helper("name", method="get")
    context = {"csrf_token": "token"}

    assert (
        read(render_crispy_form(form, context=context)).all("input", name="csrfmiddlewaretoken")
        == []
    )
    assert (
        len(
            read(render_crispy_form(EnquiryForm(), context=context)).all(
                "input", name="csrfmiddlewaretoken"
            )
        )
        == 1
    )


def hostile_form():
    fields = {
        "text": forms.CharField(label=HOSTILE, help_text=HOSTILE, initial=HOSTILE),
        "long": LongTextField(label=HOSTILE, initial=HOSTILE),
        "radio": forms.ChoiceField(
            label=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=forms.RadioSelect
        ),
        "boxes": forms.MultipleChoiceField(
            label=HOSTILE, choices=[("a", HOSTILE)], widget=forms.CheckboxSelectMultiple
        ),
        "select": forms.ChoiceField(label=HOSTILE, choices=[("a", HOSTILE)]),
        "tick": forms.BooleanField(label=HOSTILE),
        "date": DatePartsField(label=HOSTILE, thing=HOSTILE),
        "file": forms.FileField(
            label=HOSTILE, required=False, initial=ExampleFile(HOSTILE, HOSTILE)
        ),
    }
    form = type("Hostile", (forms.Form,), fields)(
        data={"text": HOSTILE, "long": HOSTILE, "radio": HOSTILE}
    )
    form.add_error("text", HOSTILE)
    form.add_error(None, HOSTILE)
    form.helper = form_helper(
        Fieldset(HOSTILE, "text", "long", hint=HOSTILE),
        Radios("radio", hints={HOSTILE: HOSTILE}),
        "boxes",
        "select",
        "tick",
        "date",
        "file",
        Details(HOSTILE),
        Buttons(Submit(HOSTILE), Link(HOSTILE, HOSTILE)),
    )
    return form


def test_words_from_the_database_are_never_markup():
    page = read(render_crispy_form(hostile_form()))

    assert page.all("script") == []
    assert [legend.text for legend in page.all("legend")] == [HOSTILE] * 4


def linked_elements(page):
    """What the links of the error summary land on, as (name of the field, element)."""
    links = page.one(css="govuk-error-summary").all("a")
    return [page.by_id(link["href"].removeprefix("#")) for link in links]


def test_every_link_of_the_error_summary_lands_on_its_field():
    page = read(render_crispy_form(ApplicationExample(data={})))
    landed = [(element.tag, element["name"]) for element in linked_elements(page)]

    assert landed == [
        ("input", "full_name"),
        ("input", "email"),
        ("input", "weekly_hours"),
        ("input", "password"),
        ("select", "district"),
        ("input", "contact_by"),
        ("input", "full_time"),
        ("input", "adjustments"),
        ("input", "qualified_on_day"),
        ("input", "cv"),
        ("textarea", "statement"),
        ("input", "agree"),
    ]


@pytest.mark.parametrize("data", [None, {}])
def test_every_id_that_is_pointed_at_is_there_once(data):
    page = read(render_crispy_form(ApplicationExample(data=data)))
    pointed = set()
    for element in page.walk():
        for name in (
            "for",
            "aria-describedby",
            "aria-controls",
            "data-reveals",
            "data-aria-controls",
        ):
            pointed |= set((element.get(name) or "").split())

    assert pointed - set(page.ids) == set()
    assert len(page.ids) == len(set(page.ids))


def test_an_error_about_no_field_is_said_without_a_link():
    form = EnquiryForm({"name": "Ada"})
    form.add_error(None, "You have asked already.")
    summary = read(render_crispy_form(form)).one(css="govuk-error-summary")

    assert summary.one("li").text == "You have asked already."
    assert summary.all("a") == []


def rendered(source, **context):
    return read(
        Template("{% load design_system_tags crispy_forms_tags %}" + source).render(
            Context(context)
        )
    )


def test_a_summary_shown_at_the_top_of_the_page_is_not_repeated():
    page = rendered("{% error_summary form %}<h1>Ask</h1>{% crispy form %}", form=EnquiryForm({}))

    assert len(page.all(css="govuk-error-summary")) == 1


@pytest.mark.parametrize(
    ("form", "prefix"),
    [(EnquiryForm(), ""), (EnquiryForm({}), "Error:"), (EnquiryForm({"name": "A"}), "")],
)
def test_the_title_of_a_page_with_errors_begins_with_error(form, prefix):
    assert rendered("<title>{% error_prefix %}</title>", form=form).one("title").text == prefix


def test_repeated_questions_have_a_legend_each_and_links_that_land():
    data = {
        "jobs-TOTAL_FORMS": "2",
        "jobs-INITIAL_FORMS": "0",
        "jobs-0-employer": "",
        "jobs-1-employer": "",
    }
    data |= {
        f"jobs-{number}-started_on_{part}": "x" for number in range(2) for part in ("day", "month")
    }
    formset = JobFormSet(data, prefix="jobs")
    page = rendered("{% crispy formset %}", formset=formset)

    assert [legend.text for legend in page.all("legend", css="govuk-fieldset__legend--m")] == [
        "Job 1",
        "Job 2",
    ]
    assert page.by_id("id_jobs-TOTAL_FORMS")["value"] == "2"
    assert [element["name"] for element in linked_elements(page)] == [
        "jobs-0-employer",
        "jobs-0-started_on_year",
        "jobs-1-employer",
        "jobs-1-started_on_year",
    ]


def test_the_filter_form_of_crispy_shows_every_field_with_our_markup():
    page = rendered("{{ form|crispy }}", form=EnquiryForm())

    assert "govuk-input" in page.by_id("id_name").classes
    assert page.by_id("id_one_time_key")["type"] == "hidden"
