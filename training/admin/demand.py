"""The demand page: what people want and have no place on, and what to do about it."""

from django.conf import settings
from django.contrib import admin
from django.shortcuts import render
from django.utils import timezone

from accounts.registries import AdminPage, admin_pages
from design_system.small_numbers import hide_small_numbers
from training.queries import demand
from training.rules import can_plan_sessions


def demand_view(request):
    """What is wanted by course, with advice for each, and by topic and district with small numbers hidden."""
    now = timezone.now()
    smallest = settings.MONITOR_SMALLEST_GROUP
    districts, areas = demand.demand_by_area(now)
    cells = hide_small_numbers([numbers for _, numbers in areas], smallest)
    topics = demand.demand_by_topic(now)
    context = {
        **admin.site.each_context(request),
        "title": "Demand for training",
        "rows": demand.demand_by_course(now),
        "wants": [want.label for want in demand.WANTS_OF_A_COURSE],
        "districts": districts,
        "areas": [(name, row) for (name, _), row in zip(areas, cells, strict=True)],
        "topics": topics,
        "wants_of_topics": [want.label for want in demand.Want],
        "chart": [(name, people) for name, _, people in topics if people >= smallest],
        "smallest": smallest,
        "one_more": settings.DEMAND_RUN_ONE_MORE_PEOPLE,
        "months": settings.DEMAND_MONTHS,
        "expiring_months": settings.DEMAND_EXPIRING_MONTHS,
        "trainer_months": settings.DEMAND_TRAINER_MONTHS,
    }
    return render(request, "training/admin/demand.html", context)


admin_pages.register(
    AdminPage(
        path="training/demand/",
        name="training_demand",
        view=demand_view,
        may_see=can_plan_sessions,
        title="Demand: what people want and have no place on",
    )
)
