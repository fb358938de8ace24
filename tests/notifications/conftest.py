import pytest

from tests.notifications.mail_server import MailServer


@pytest.fixture
def mail_server(settings):
    """A real SMTP server on this machine, which the outbox delivers to."""
    with MailServer() as server:
        settings.MAIL_SERVER = {
            "host": server.host,
            "port": server.port,
            "username": "",
            "password": "",
            "use_tls": False,
            "use_ssl": False,
        }
        yield server
