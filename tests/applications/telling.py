"""Somebody who answers the sections with several rows, page by page, as briefly as can be."""

from django.urls import reverse


def tell_of_learning_and_work(client, application):
    """Say that there are no qualifications, and tell of one job since full-time education."""

    def post(name, answers):
        client.post(reverse(f"applications:{name}", args=[application.reference]), answers)

    post("qualification-list", {"version": 0})
    post("employment-education", {"left_education_on_month": "6", "left_education_on_year": "2015"})
    post(
        "employment-add",
        {
            "job_title": "Teaching assistant",
            "employer": "Mill Lane School",
            "began_on_month": "July",
            "began_on_year": "2015",
            "is_present": "yes",
            "with_children": "yes",
        },
    )
    post("employment-list", {"version": 2})
