"""How to reach a person, whether they may work here, and whether they are registered."""

from applications.sections.base import ABOUT_YOU, Section, yes_or_no
from applications.states import Registration


class OfApplication(Section):
    """A section whose answers are columns of the application: `fields`."""

    group = ABOUT_YOU
    fields = ()

    def saved(self):
        return {name: getattr(self.application, name) for name in self.fields}


class Contact(OfApplication):
    name = "contact"
    task = "Tell us how to reach you"
    title = "How to reach you"
    fields = ("full_name", "phone", "address", "town", "postcode")
    look_at = "Look whether your phone number and your address are still right."

    def missing(self):
        needed = {"full_name": "your full name", "phone": "a phone number", "town": "your town"}
        return [words for name, words in needed.items() if not getattr(self.application, name)]

    def rows(self):
        application = self.application
        email = application.applicant.email if application.applicant.can_be_written_to else ""
        return [
            ("Full name", application.full_name),
            ("E-mail", email),
            ("Phone number", application.phone),
            ("Address", application.address),
            ("Town or city", application.town),
            ("Postcode", application.postcode),
        ]

    def part(self, *, change=False):
        """The e-mail address is the account's, and is changed there."""
        part = super().part(change=change)
        part["rows"] = [
            row | {"url": ""} if row["key"] == "E-mail" else row for row in part["rows"]
        ]
        return part


class RightToWork(OfApplication):
    name = "right-to-work"
    task = "Tell us about your right to work"
    title = "Working in the UK"
    fields = ("right_to_work", "needs_sponsorship")
    look_at = "Look whether both answers are still true today."

    @property
    def intro(self):
        visa = "We can sponsor a Skilled Worker visa for this job."
        if not self.application.vacancy.sponsorship_possible:
            visa = "We cannot sponsor a visa for this job: whoever takes it up has another right to work."
        return ("We ask everyone the same. You show us proof only if we offer you the job.", visa)

    def missing(self):
        needed = {
            "right_to_work": "whether you have the right to work in the UK",
            "needs_sponsorship": "whether you need us to sponsor a visa",
        }
        return [words for name, words in needed.items() if self.saved()[name] is None]

    def rows(self):
        return [
            ("Right to work in the UK", yes_or_no(self.application.right_to_work)),
            ("Needs a visa sponsored", yes_or_no(self.application.needs_sponsorship)),
        ]


class RegistrationSection(OfApplication):
    name = "registration"
    task = "Tell us about your registration"
    title = "Your registration"
    fields = ("registration", "registration_number")
    look_at = "Look whether you are still registered under this number."

    @classmethod
    def is_asked(cls, held):
        return held.vacancy.needs_registration

    def missing(self):
        return [] if self.application.registration else ["whether you are registered"]

    def rows(self):
        registered = self.application.get_registration_display()
        rows = [("Registered with Social Work England", registered)]
        if self.application.registration == Registration.REGISTERED:
            rows.append(("Registration number", self.application.registration_number))
        return rows
