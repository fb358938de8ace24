"""What people see when something is wrong."""

import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_an_unknown_host_is_refused_with_a_page(client):
    answer = client.get("/", headers={"host": "evil.example"})

    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


@pytest.mark.django_db
def test_a_page_that_belongs_to_a_button_says_so(client):
    answer = client.post(reverse("returners:scheme"))

    assert answer.status_code == 405
    assert "That page cannot be opened this way" in answer.content.decode()


@pytest.mark.django_db
def test_an_address_that_is_nothing_answers_404(client):
    answer = client.get("/no-such-page/")

    assert answer.status_code == 404
    assert "We cannot find that page" in answer.content.decode()
