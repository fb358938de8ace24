"""The list of errors above a form, each pointing at the place to mend."""

from dataclasses import dataclass

from django import forms

from design_system.widgets import DatePartsWidget


@dataclass(frozen=True)
class SummaryItem:
    text: str
    anchor: str = ""


def summary_items(*forms_and_formsets):
    """Every error of the forms and formsets given, in the order they are shown."""
    items = []
    for form in forms_and_formsets:
        items += (
            _items_of_formset(form) if hasattr(form, "management_form") else _items_of_form(form)
        )
    return items


def parts_in_error(bound_field):
    """Names of the parts of a date that its first error is about."""
    if not bound_field.errors:
        return []
    first = bound_field.errors.as_data()[0]
    return (first.params or {}).get("parts", list(bound_field.field.widget.PARTS))


def anchor_of(bound_field):
    """The id of the element that an error's link must land on."""
    if bound_field.is_hidden or not bound_field.auto_id:
        return ""
    identifier = bound_field.field.widget.attrs.get("id") or bound_field.auto_id
    widget = bound_field.field.widget
    if isinstance(widget, DatePartsWidget):
        return f"{identifier}_{widget.PARTS.index(parts_in_error(bound_field)[0])}"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
        return f"{identifier}_0"
    return identifier


def _items_of_form(form):
    if not form.is_bound:
        return []
    items = [SummaryItem(str(error)) for error in form.non_field_errors()]
    for bound_field in form:
        items += [SummaryItem(str(error), anchor_of(bound_field)) for error in bound_field.errors]
    return items


def _items_of_formset(formset):
    if not formset.is_bound:
        return []
    items = [SummaryItem(str(error)) for error in formset.non_form_errors()]
    for form in formset.forms:
        items += _items_of_form(form)
    return items
