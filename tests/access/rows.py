"""What the addresses of the sections with several rows need: a row of each kind in an application."""

from tests.factories.history import (
    EmploymentFactory,
    GapFactory,
    QualificationFactory,
    TrainingTakenFactory,
)

FACTORIES = {
    "qualification": QualificationFactory,
    "employment": EmploymentFactory,
    "gap": GapFactory,
    "training": TrainingTakenFactory,
}


def kwargs_of_rows(application):
    """Return, by name, what the addresses about the rows of a new row of each kind need."""
    own = {"reference": application.reference}
    kwargs = {"applications:employment-education": own}
    kwargs["applications:gap-explain"] = {**own, "month": "2019-03"}
    for kind, factory in FACTORIES.items():
        one = {**own, "pk": factory(application=application).pk}
        kwargs |= {f"applications:{kind}-{verb}": own for verb in ("list", "add")}
        kwargs |= {f"applications:{kind}-{verb}": one for verb in ("change", "remove")}
    return kwargs
