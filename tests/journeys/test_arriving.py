"""What anyone meets first."""

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/vacancies/",
        "/careers/",
        "/careers/stories/",
        "/careers/pathways/",
        "/careers/events/",
        "/return-to-social-work/",
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/login/code/",
        "/accounts/password/reset/",
        "/accessibility/",
        "/privacy/",
        "/cookies/",
        "/components/",
        "/demo/inbox/",
    ],
)
def test_a_public_page_is_sound_wide_and_narrow(visitor, path):
    assert visitor.go(path).status == 200

    visitor.look()
