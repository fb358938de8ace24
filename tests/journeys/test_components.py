"""The design system in a real browser: what its scripts do, and what is left without them."""

import pytest

GALLERY = "/components/"
WITH_ERRORS = "/components/?errors=1"


@pytest.mark.parametrize("address", [GALLERY, WITH_ERRORS])
def test_the_gallery_breaks_no_rule(visitor, address):
    visitor.go(address)
    visitor.look()


def focused(page):
    return page.evaluate("document.activeElement.name || document.activeElement.id")


def test_every_link_of_the_error_summary_moves_to_its_field(visitor):
    page = visitor.page
    visitor.go(WITH_ERRORS)
    summary = page.locator(".govuk-error-summary")
    assert summary.evaluate("it => it === document.activeElement")

    landed = []
    for link in summary.get_by_role("link").all():
        link.click()
        landed.append(focused(page))

    assert landed == [
        "full_name",
        "email",
        "weekly_hours",
        "password",
        "district",
        "contact_by",
        "full_time",
        "adjustments",
        "qualified_on_day",
        "id_cv",
        "statement",
        "agree",
    ]


def test_a_radio_brings_up_its_further_question_and_hides_it_again(visitor):
    page = visitor.page
    visitor.go(GALLERY)
    phone = page.get_by_label("Phone number")
    seen = [phone.is_visible()]
    for choice in ("Phone", "E-mail"):
        page.get_by_role("radio", name=choice, exact=True).check()
        seen.append(phone.is_visible())

    assert seen == [False, True, False]


def test_none_of_these_and_the_others_clear_each_other(visitor):
    page = visitor.page
    visitor.go(GALLERY)
    none = page.get_by_role("checkbox", name="None of these")
    parking = page.get_by_role("checkbox", name="A parking space by the door")

    parking.check()
    none.check()
    assert (parking.is_checked(), none.is_checked()) == (False, True)
    parking.check()
    assert (parking.is_checked(), none.is_checked()) == (True, False)


def test_a_password_can_be_shown(visitor):
    page = visitor.page
    visitor.go(GALLERY)
    box = page.get_by_label("Choose a password")
    kinds = [box.get_attribute("type")]
    for _ in range(2):
        page.locator(".govuk-js-password-input-toggle").click()
        kinds.append(box.get_attribute("type"))

    assert kinds == ["password", "text", "password"]


def test_words_are_counted_as_they_are_written(visitor):
    page = visitor.page
    visitor.go(GALLERY)
    page.get_by_label("Why this job?").fill("one two three")

    message = page.locator("#id_statement_group .govuk-character-count__status")
    message.get_by_text("You have 147 words remaining").wait_for()


def test_a_chosen_file_is_named(visitor):
    page = visitor.page
    visitor.go(GALLERY)
    file = {"name": "my-cv.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"}
    page.locator("input[name=cv]").set_input_files(file)

    assert page.locator("#id_cv").inner_text().splitlines()[0] == "my-cv.pdf"


def test_a_button_pressed_twice_sends_the_form_once(visitor):
    page = visitor.page
    visitor.go(GALLERY)
    page.evaluate(
        """() => { window.sent = 0; document.querySelector("form.hp-form")
        .addEventListener("submit", event => { event.preventDefault(); window.sent += 1; }); }"""
    )
    page.get_by_role("button", name="Submit application").dblclick()

    assert page.evaluate("window.sent") == 1


def test_filters_are_folded_on_a_narrow_screen_and_open_on_a_wide_one(visitor):
    page = visitor.page
    visitor.go(GALLERY)
    shown = []
    for width in (1280, 375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(100)
        shown.append(page.get_by_role("button", name="Show results").is_visible())

    assert shown == [True, False, True]


def test_without_scripts_every_question_can_be_answered(arrive):
    visitor = arrive(java_script_enabled=False)
    visitor.go(GALLERY)
    page = visitor.page
    seen = {
        "the further question": page.get_by_label("Phone number").is_visible(),
        "the plain file box": page.locator("input[name=cv]").is_visible(),
        "the limit in words": page.get_by_text("You can enter up to 150 words").is_visible(),
        "the sections": page.get_by_role("link", name="Vacancies", exact=True).is_visible(),
        "the filters": page.get_by_role("button", name="Show results").is_visible(),
    }

    assert seen == dict.fromkeys(seen, True)
    assert not page.locator(".govuk-js-password-input-toggle").is_visible()
