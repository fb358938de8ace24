from django.template.defaultfilters import filesizeformat

from applications.sections.base import YOUR_WORK, Section


class CV(Section):
    """A file beside the form, where the job takes one. Adding it finishes the section."""

    name = "cv"
    task = "Add a CV"
    title = "Your CV"
    group = YOUR_WORK
    optional = True

    @classmethod
    def is_asked(cls, held):
        """Where the job takes one, or did when the person added theirs."""
        return held.vacancy.takes_cv or held.cv is not None

    @property
    def is_begun(self):
        return self.held.cv is not None

    @property
    def is_whole(self):
        return self.is_begun

    @property
    def is_copied(self):
        return False

    @property
    def may_be_sent(self):
        return True

    def rows(self):
        cv = self.held.cv
        return [("CV", f"{cv.original_name} ({filesizeformat(cv.size)})" if cv else "")]
