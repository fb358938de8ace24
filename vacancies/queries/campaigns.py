"""What public pages read about recruitment campaigns."""

from vacancies.models import Campaign, Vacancy


def campaigns_on(on):
    """Return the campaigns that run on the date `on`, the latest first."""
    return Campaign.objects.filter(starts_on__lte=on, ends_on__gte=on)


def campaign_jobs(campaign, on):
    """Return the campaign's adverts open to everybody on the date `on`: always open first, then by closing day."""
    jobs = Vacancy.objects.open_to_public(on).filter(campaign=campaign).for_cards()
    return jobs.order_by("-rolling", "closes_on", "pk")
