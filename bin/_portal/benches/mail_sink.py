"""A mail server that keeps nothing but each Message-ID, one a line: mail_sink PORT FILE."""

import sys
import time

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self, file):
        self.file = open(file, "ab", buffering=0)  # noqa: SIM115 (open as long as the process runs)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (aiosmtpd calls it so)
        head, _, _ = envelope.content.partition(b"\r\n\r\n")
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"message-id:"):
                self.file.write(line.split(b":", 1)[1].strip() + b"\n")
        return "250 Kept"


def main():
    port, file = sys.argv[1:]
    Controller(Sink(file), hostname="127.0.0.1", port=int(port)).start()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
