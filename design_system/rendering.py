"""How one form field is shown: which template, which classes, which options.

Django gives each widget its `aria-describedby` and `aria-invalid`; the templates of the pack
use the ids that Django names, so nothing here repeats them.
"""

from dataclasses import dataclass
from dataclasses import field as dataclass_field

from django import forms

from design_system.errors import parts_in_error
from design_system.widgets import DatePartsWidget

# The first kind whose widget matches wins, so a subclass stands before its parent.
KINDS = (
    ("date", DatePartsWidget),
    ("checkboxes", forms.CheckboxSelectMultiple),
    ("radios", forms.RadioSelect),
    ("checkbox", forms.CheckboxInput),
    ("select", forms.Select),
    ("textarea", forms.Textarea),
    ("password", forms.PasswordInput),
    ("file", forms.FileInput),
    ("input", forms.Widget),
)
CLASS_OF_KIND = {
    "select": "govuk-select",
    "textarea": "govuk-textarea",
    "password": "govuk-input",
    "file": "govuk-file-upload",
    "input": "govuk-input",
    "checkbox": "govuk-checkboxes__input",
}


@dataclass(frozen=True)
class Presentation:
    """How a layout wishes a field to be shown; every part has a plain default."""

    label: str = ""
    label_size: str = ""
    page_heading: bool = False
    width: str = ""
    prefix: str = ""
    suffix: str = ""
    inline: bool = False
    small: bool = False
    label_hidden: bool = False
    none_of_these: str = ""
    divider_before: str = ""
    hints: dict = dataclass_field(default_factory=dict)
    conditional: dict = dataclass_field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """One radio or checkbox, ready to be shown."""

    tag: str
    identifier: str
    label: str
    hint: str
    conditional: str
    conditional_id: str
    divider: bool
    open: bool


def kind_of(bound_field):
    return next(kind for kind, widget in KINDS if isinstance(bound_field.field.widget, widget))


def field_context(bound_field, presentation):
    """Everything that the template of one field needs."""
    kind = kind_of(bound_field)
    bound_field.form.use_required_attribute = False
    context = {
        "field": bound_field,
        "kind": kind,
        "template": f"council/fields/{kind}.html",
        "presentation": presentation,
        "label": presentation.label or bound_field.label,
        "counter": _counter(bound_field) if kind == "textarea" else None,
        "current_file": _current_file(bound_field) if kind == "file" else None,
    }
    if kind in ("radios", "checkboxes"):
        context["options"] = _options(bound_field, kind, presentation)
    elif kind == "date":
        context["parts"] = _date_parts(bound_field)
    else:
        context["control"] = _control(bound_field, kind, presentation, context["counter"])
    return context


def _control(bound_field, kind, presentation, counter):
    # A placeholder vanishes as one types, so nothing is ever said by one.
    attributes = {
        "class": _classes(bound_field, kind, presentation),
        "placeholder": False,
    }
    described = bound_field.aria_describedby
    if counter:
        attributes["maxlength"] = (
            False  # the counter tells, and the server decides: nobody's words are cut off
        )
        described = f"{described or ''} {bound_field.auto_id}-info".strip()
        attributes["class"] += " govuk-js-character-count"
    if kind == "password":
        attributes |= {"spellcheck": "false", "autocapitalize": "none"}
    if described:
        attributes["aria-describedby"] = described
    return _widget_html(bound_field, kind, attributes)


def _widget_html(bound_field, kind, attributes):
    if kind == "file":
        return bound_field.as_widget(_plain_file_input(bound_field.field.widget), attrs=attributes)
    return bound_field.as_widget(attrs=attributes)


def _plain_file_input(widget):
    """The file box alone: what is there now, and the box that removes it, stand in the template."""
    plain = forms.FileInput(attrs=widget.attrs)
    plain.allow_multiple_selected = widget.allow_multiple_selected
    return plain


def _current_file(bound_field):
    """The file that is there now, and the box that removes it where the field may be empty."""
    widget = bound_field.field.widget
    if not isinstance(widget, forms.ClearableFileInput) or not widget.is_initial(
        bound_field.initial
    ):
        return None
    current = {"name": bound_field.initial, "url": bound_field.initial.url}
    if not bound_field.field.required:
        clear_name = widget.clear_checkbox_name(bound_field.html_name)
        current |= {
            "clear_name": clear_name,
            "clear_id": widget.clear_checkbox_id(clear_name),
        }
    return current


def _classes(bound_field, kind, presentation):
    base = CLASS_OF_KIND[kind]
    classes = [bound_field.field.widget.attrs.get("class", ""), base]
    if presentation.width and kind in ("input", "password"):
        classes.append(f"govuk-input--width-{presentation.width}")
    if kind == "password":
        classes.append("govuk-password-input__input govuk-js-password-input-input")
    if bound_field.errors and kind != "checkbox":
        classes.append(f"{base}--error")
    return " ".join(name for name in classes if name)


def _counter(bound_field):
    words = getattr(bound_field.field, "max_words", None)
    characters = getattr(bound_field.field, "max_length", None)
    if words:
        return {"unit": "words", "limit": words}
    return {"unit": "characters", "limit": characters} if characters else None


def _options(bound_field, kind, presentation):
    options = []
    for index, subwidget in enumerate(bound_field.subwidgets):
        value = str(subwidget.data["value"])
        identifier = subwidget.data["attrs"].get("id", f"id_{bound_field.html_name}_{index}")
        conditional = presentation.conditional.get(value, "")
        options.append(
            Option(
                tag=_option_tag(subwidget, kind, identifier, value, presentation),
                identifier=identifier,
                label=str(subwidget.data["label"]),
                hint=presentation.hints.get(value, ""),
                conditional=conditional,
                conditional_id=f"{identifier}_conditional",
                divider=value in (presentation.none_of_these, presentation.divider_before)
                and index > 0,
                open=bool(subwidget.data["selected"]),
            )
        )
    return options


def _option_tag(subwidget, kind, identifier, value, presentation):
    attributes = subwidget.data["attrs"]
    attributes["class"] = f"govuk-{kind}__input"
    attributes.pop(
        "aria-invalid", None
    )  # the fieldset carries the error; a radio may not say it is invalid
    if presentation.conditional.get(value):
        attributes["data-reveals" if kind == "radios" else "data-aria-controls"] = (
            f"{identifier}_conditional"
        )
    if presentation.hints.get(value):
        attributes["aria-describedby"] = f"{identifier}_hint"
    if presentation.none_of_these and value == presentation.none_of_these:
        attributes["data-behaviour"] = "exclusive"
    return subwidget.tag()


def _date_parts(bound_field):
    wrong = parts_in_error(bound_field)
    parts = []
    for name, subwidget in zip(
        bound_field.field.widget.PARTS,
        bound_field.subwidgets[0].data["subwidgets"],
        strict=True,
    ):
        classes = [
            "govuk-input govuk-date-input__input",
            f"govuk-input--width-{bound_field.field.widget.WIDTHS[name]}",
        ]
        if name in wrong:
            classes.append("govuk-input--error")
        attributes = {
            key: value for key, value in subwidget["attrs"].items() if key != "aria-invalid"
        }
        parts.append(
            {
                "label": name.capitalize(),
                "name": subwidget["name"],
                "value": "" if subwidget["value"] is None else subwidget["value"],
                "attributes": attributes
                | {"class": " ".join(classes)}
                | ({"aria-invalid": "true"} if name in wrong else {}),
                "identifier": attributes["id"],
            }
        )
    return parts
