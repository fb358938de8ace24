import email
import socket
from email import policy

from aiosmtpd.controller import Controller


class MailServer:
    """An SMTP server that keeps what it gets and answers as it is told, recipient by recipient."""

    host = "127.0.0.1"

    def __init__(self):
        self.received = []
        self.answers = {}
        with socket.socket() as free:
            free.bind((self.host, 0))
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname=self.host, port=self.port)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *exc_info):
        self.stop()

    def stop(self):
        """Go away, as servers do; stopping twice is fine."""
        if self.controller.server is not None:
            self.controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.answers.get(address)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=policy.default)
        self.received.append(mail)
        return "250 Kept"
