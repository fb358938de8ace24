"""A small OpenID Connect provider on this machine: discovery, sign-in, token and user info."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT_ID, CLIENT_SECRET = "portal", "a-secret-of-at-least-thirty-two-bytes"


class DirectoryServer:
    """Signs in whoever `subject` and `email` name at the moment; no password is asked."""

    def __init__(self, subject, email, email_verified=False):
        self.claims = {"sub": subject, "email": email, "email_verified": email_verified}
        handler = type("Handler", (_Handler,), {"directory": self})
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *exc_info):
        self.http.shutdown()
        self.http.server_close()

    def id_token(self):
        now = int(time.time())
        claims = {**self.claims, "iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        return jwt.encode(claims, CLIENT_SECRET, algorithm="HS256", headers={"kid": "1"})


class _Handler(BaseHTTPRequestHandler):
    directory = None

    def do_GET(self):
        url = urlsplit(self.path)
        base = self.directory.url
        if url.path == "/.well-known/openid-configuration":
            self.answer(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif url.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            back = urlencode({"code": "c0de", "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif url.path == "/userinfo":
            self.answer(self.directory.claims)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        known = form["code"] == ["c0de"] and form["client_secret"] == [CLIENT_SECRET]
        token = {"access_token": "t", "token_type": "Bearer", "id_token": self.directory.id_token()}
        self.answer(token if known else {"error": "invalid_grant"}, 200 if known else 400)

    def answer(self, data, status=200):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""
