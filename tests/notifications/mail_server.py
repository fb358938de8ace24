import email
from email import policy

from aiosmtpd.controller import Controller


class MailServer:
    """An SMTP server that keeps what it gets and answers as it is told, recipient by recipient."""

    host = "127.0.0.1"

    def __init__(self):
        self.received = []
        self.answers = {}
        self.controller = Controller(self, hostname=self.host, port=0)

    def __enter__(self):
        self.controller.start()
        self.port = self.controller.server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *exc_info):
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
