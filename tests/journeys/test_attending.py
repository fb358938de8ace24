"""The trainer shows a code, a colleague signs in with it, and Sam writes about CPD for nobody else."""

import re

CODE = re.compile(r"[A-Z2-9]{3}-[A-Z2-9]{3}")
SAM, OFFICER, HR = "social.worker@example.org", "officer@example.org", "hr@example.org"


def test_the_code_on_the_screen_signs_somebody_in_once(arrive):
    trainer, sam = arrive(), arrive()
    sam.sign_in(SAM)
    sam.go("/training/")
    assert sam.sees("On today: Drop-in")
    sam.look()
    sam.page.get_by_role("main").get_by_role("link", name="Sign in").first.click()
    session = re.search(r"/sessions/(\d+)/", sam.page.url)[1]

    trainer.sign_in(OFFICER)
    trainer.go(f"/training/sessions/{session}/code/")
    trainer.look()
    code = CODE.search(trainer.page.get_by_role("main").inner_text())[0]

    sam.page.get_by_label("Code on the trainer’s screen").fill("AAA-AAA")
    sam.press("Sign in")
    assert sam.sees("This code is not right.")
    sam.look()
    sam.page.get_by_label("Code on the trainer’s screen").fill(code.lower())
    sam.press("Sign in")
    assert sam.sees("You are signed in")
    sam.look()
    sam.page.reload()
    assert sam.sees("You are signed in")

    trainer.go(f"/training/sessions/{session}/attendance/")
    assert trainer.sees("Signed in by code")
    trainer.look()
    trainer.go(f"/training/sessions/{session}/sheet/")
    trainer.look()


def test_sam_says_how_it_was_and_has_a_certificate(arrive):
    sam = arrive()
    sam.sign_in(SAM)
    sam.go("/training/bookings/")
    sam.follow("Certificate")
    assert sam.sees("Certificate of attendance")
    sam.look()
    reference = re.search(r"\d+-[A-Z2-9]{6}", sam.page.get_by_role("main").inner_text())[0]

    other = arrive()
    other.sign_in("manager@example.org")
    other.go("/training/certificates/")
    other.page.get_by_label("Reference on the certificate").fill(reference)
    other.press("Look it up")
    assert other.sees("This certificate is true")
    other.look()

    trainer = arrive()
    trainer.sign_in("trainer@example.org")
    trainer.go("/training/sessions-i-run/")
    assert trainer.sees("Sessions I run")
    trainer.look()


def test_sam_writes_a_piece_of_cpd_that_hr_cannot_find(arrive):
    sam, hr = arrive(), arrive()
    sam.sign_in(SAM)
    sam.go("/training/cpd/")
    sam.look()
    sam.follow("Supervision about a hard first visit")
    sam.look()
    address = sam.page.url.removeprefix(sam.portal.url)
    sam.page.get_by_label("What did you learn?").fill("I spoke too soon.")
    sam.page.get_by_label("What difference has it made to your practice").fill("I wait.")
    sam.page.get_by_label("What did you learn from discussing it?").fill("Silence is an answer.")
    sam.press("Save")
    assert sam.sees("Ready to enter")
    sam.look()

    sam.follow("Copy it into the regulator’s form")
    assert sam.sees("Silence is an answer.")
    sam.look()

    hr.sign_in(HR)
    assert hr.go(address).status == 404
