"""What somebody does in the sections of an application, as briefly as can be."""

import re

EXAMPLE = (
    "I have worked with families for six years. In my last post I led 14 child protection plans "
    "and helped two parents keep their children safely at home."
)
UNFINISHED = re.compile("Not finished")


def begin(seeker, task):
    """Open a section from the task list and look at it."""
    seeker.follow(task)
    seeker.look()


def fill_in_who_they_are(seeker):
    page = seeker.page
    begin(seeker, "Tell us how to reach you")
    seeker.press("Save and continue")
    assert seeker.is_told_what_is_wrong()
    seeker.look()
    page.get_by_label("Phone number").fill("01632 960 222")
    page.get_by_label("Town or city").fill("Basingstoke")
    seeker.press("Save and continue")
    begin(seeker, "Tell us about your right to work")
    page.get_by_role("group", name="Do you have the right to work in the UK?").get_by_label(
        "Yes"
    ).check()
    page.get_by_role("group", name="Do you need us to sponsor a visa").get_by_label("No").check()
    seeker.press("Save and continue")
    begin(seeker, "Tell us about your registration")
    registration = page.get_by_role("group", name="Are you registered with Social Work England?")
    registration.get_by_role("radio").nth(1).check()
    seeker.press("Save and continue")
    where = page.get_by_role("link", name="Choose where you would work")
    if where.count():
        begin(seeker, "Choose where you would work")
        page.get_by_role("combobox").first.select_option(label="1st choice")
        seeker.press("Save and continue")


def give_referees(seeker):
    page = seeker.page
    begin(seeker, "Give two referees")
    for name, legend in [("Wanda Rook", "first"), ("Piers Alder", "second")]:
        referee = page.get_by_role("group", name=f"Your {legend} referee")
        referee.get_by_label("An employer or manager").check()
        referee.get_by_label("Their full name").fill(name)
        referee.get_by_label("Where they work").fill("Weir School")
        email = f"{name.lower().replace(' ', '.')}@example.org"
        referee.get_by_label("Their e-mail address").fill(email)
        referee.get_by_label("Yes").check()
    seeker.press("Save and continue")


def write_examples(seeker):
    """Write an example for each thing the job must have, and leave what only helps."""
    page = seeker.page
    group = page.locator("h2", has_text="Show how you meet what the job asks for")
    tasks = group.locator("xpath=following-sibling::ul[1]").locator("li", has_text=UNFINISHED)
    first = True
    while tasks.count():
        tasks.first.get_by_role("link").click()
        if first:
            seeker.look()
            first = False
        page.get_by_role("textbox").first.fill(EXAMPLE)
        seeker.press("Save and continue")
        page.get_by_role("heading", name="Your application", level=1).wait_for()


def check_what_was_copied(seeker):
    """Open each part that was filled in for them, and save it as it is."""
    page = seeker.page
    copied = page.locator("li.govuk-task-list__item", has_text="Copied, check it")
    while left := copied.count():
        copied.first.get_by_role("link").click()
        save = page.get_by_role("button", name=re.compile("save and continue", re.IGNORECASE))
        for question in page.get_by_role("group", name="May we write to them").all():
            question.get_by_label("Yes").check()
        save.click()
        page.get_by_role("heading", name="Your application", level=1).wait_for()
        assert copied.count() == left - 1


def fill_month(seeker, question, month, year):
    boxes = seeker.page.get_by_role("group", name=question, exact=True)
    boxes.get_by_label("Month").fill(month)
    boxes.get_by_label("Year").fill(year)


def add_job(seeker, title, began, ended=None):
    page = seeker.page
    page.get_by_label("Job title").fill(title)
    page.get_by_label("Employer").fill("The Lantern Project")
    fill_month(seeker, "When did you begin?", *began)
    present = page.get_by_role("group", name="Do you still have this job?")
    present.get_by_label("No" if ended else "Yes", exact=True).check()
    if ended:
        fill_month(seeker, "When did it end?", *ended)
        page.get_by_label("Why did you leave?").fill("My contract ended.")
    with_children = page.get_by_role("group", name=re.compile("^Did you work with children"))
    with_children.get_by_label("Yes", exact=True).check()
    seeker.press("Save and continue")


def tell_of_learning_and_work(seeker):
    """Say that there are no qualifications, and tell of one job since full-time education."""
    begin(seeker, "Add your qualifications")
    seeker.press("I have no qualifications")
    begin(seeker, "Add your work since full-time education")
    fill_month(seeker, "When did you leave full-time education?", "June", "2015")
    seeker.press("Save and continue")
    seeker.look()
    seeker.page.get_by_role("button", name=re.compile("^Add (a|another) job$")).click()
    seeker.look()
    add_job(seeker, "Teaching assistant", ("July", "2015"))
    seeker.look()
    seeker.press("That is all: save and continue")


def tell_everything(seeker):
    """Go through every section that must be whole."""
    fill_in_who_they_are(seeker)
    tell_of_learning_and_work(seeker)
    give_referees(seeker)
    write_examples(seeker)
    check_what_was_copied(seeker)
