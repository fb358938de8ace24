"""Layout objects for forms: what to ask, in which order, in which words.

Everything given as text is escaped, so a label may come from the database.

    helper = form_helper(
        Fieldset("About you", Question("full_name"), Question("postcode", width="10")),
        Radios("contact_by", conditional={"phone": [Question("phone")]}),
        Submit("Send enquiry"),
    )
"""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from crispy_forms.utils import render_field
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from design_system.rendering import Presentation, field_context


def form_helper(*layout, method="post", action="", css_class="hp-form", form_tag=True):
    """A crispy helper whose form is laid out as given. `action` is an address or the name of one."""
    helper = FormHelper()
    helper.form_method = method
    helper.form_action = action
    helper.form_class = css_class
    helper.form_tag = form_tag
    helper.disable_csrf = method == "get"
    helper.layout = Layout(*layout)
    return helper


class Question:
    """One field, shown with more than the defaults: see design_system.rendering.Presentation."""

    def __init__(self, name, **presentation):
        self.name = name
        self.presentation = presentation

    def render(self, form, context, template_pack=None, **kwargs):
        presentation = self.presentation | self._rendered_conditional(form, context)
        form.rendered_fields.add(self.name)
        bound_field = form[self.name]
        if bound_field.is_hidden:
            return str(bound_field)
        return render_to_string(
            "council/field_with.html",
            field_context(bound_field, Presentation(**presentation)),
        )

    def _rendered_conditional(self, form, context):
        parts = {
            value: _render_all(_as_list(inner), form, context)
            for value, inner in self.presentation.get("conditional", {}).items()
        }
        return {"conditional": parts} if parts else {}


class Radios(Question):
    """Radio buttons; `hints` and `conditional` are keyed by the option's value."""


class Checkboxes(Question):
    """Checkboxes; `none_of_these` is the value that clears all others."""


class Fieldset:
    """Questions that belong together, under a legend. `size` is s, m, l or xl."""

    def __init__(self, legend, *items, size="m", hint=""):
        self.legend = legend
        self.items = items
        self.size = size
        self.hint = hint

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string(
            "council/layout/fieldset.html",
            {
                "legend": self.legend,
                "size": self.size,
                "hint": self.hint,
                "fields": _render_all(self.items, form, context),
            },
        )


class Details:
    """Questions folded away until someone asks for them."""

    def __init__(self, summary, *items):
        self.summary = summary
        self.items = items

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string(
            "council/layout/details.html",
            {"summary": self.summary, "fields": _render_all(self.items, form, context)},
        )


class Paragraph:
    """A sentence between questions."""

    def __init__(self, text):
        self.text = text

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("council/layout/paragraph.html", {"text": self.text})


class Submit:
    """A button that sends the form, once however often it is pressed. `look` is "", rose, secondary or warning."""

    def __init__(self, text, *, name="", value="", look=""):
        self.text = text
        self.name = name
        self.value = value
        self.look = look

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("council/layout/button.html", {"button": self})


class Link:
    """A link beside a button, such as "Cancel"."""

    def __init__(self, text, address):
        self.text = text
        self.address = address

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string("council/layout/link.html", {"link": self})


class Buttons:
    """Buttons and links in one row."""

    def __init__(self, *items):
        self.items = items

    def render(self, form, context, template_pack=None, **kwargs):
        return render_to_string(
            "council/layout/buttons.html",
            {"fields": _render_all(self.items, form, context)},
        )


def _as_list(inner):
    return inner if isinstance(inner, list | tuple) else [inner]


def _render_all(items, form, context):
    # Each item is HTML that a template has escaped.
    return mark_safe("".join(str(render_field(item, form, context)) for item in items))
