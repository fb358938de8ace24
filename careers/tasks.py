from celery import shared_task
from django.utils import timezone

from careers.actions import ask_again_about_story
from careers.models import Story


@shared_task
def ask_again_about_the_stories_of_leavers():
    """Have HR ask people who have left whether their story may stay, one transaction each."""
    today = timezone.localdate()
    for story in Story.objects.of_leavers(today):
        ask_again_about_story(story=story, on=today)
