"""What to say when the database refuses a row: the words of the rule that it broke."""

REFUSED = "The portal could not store this row."


def words_of(error, *models):
    """Return the words of the constraint that refused a row of one of the models, or plain ones."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in models:
        for constraint in model._meta.constraints:
            if constraint.name == name and constraint.violation_error_message:
                return str(constraint.violation_error_message)
    return REFUSED
