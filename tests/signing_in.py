"""A sign-in provider on this machine: as little of OpenID Connect as Streamlit needs, and nobody types a password."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "kaderwijzer-in-a-test"
COOKIE_SECRET = "made up for this test and used nowhere else"


class Provider:
    """Answers with the claims it is given; who comes to sign in is sent back at once."""

    def __init__(self, claims):
        self.claims = claims
        self.key = RSAKey.generate_key(2048, {"kid": "1"})
        self.nonces = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def id_token(self, code):
        now = int(time.time())
        token = {"iss": self.address, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 600}
        return jwt.encode({"alg": "RS256", "kid": "1"}, {**token, "nonce": self.nonces[code], **self.claims}, self.key)

    def _handler(provider):  # noqa: N805  # the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                asked = urlsplit(self.path)
                if asked.path == "/authorize":
                    self._send_back({name: values[0] for name, values in parse_qs(asked.query).items()})
                elif asked.path == "/keys":
                    self._json({"keys": [provider.key.as_dict(private=False)]})
                else:
                    self._json(
                        {
                            "issuer": provider.address,
                            "authorization_endpoint": f"{provider.address}/authorize",
                            "token_endpoint": f"{provider.address}/token",
                            "jwks_uri": f"{provider.address}/keys",
                            "response_types_supported": ["code"],
                            "id_token_signing_alg_values_supported": ["RS256"],
                        }
                    )

            def do_POST(self):
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                token = provider.id_token(form["code"][0])
                self._json({"access_token": "a", "token_type": "Bearer", "id_token": token})

            def _send_back(self, query):
                code = f"code-{len(provider.nonces)}"
                provider.nonces[code] = query["nonce"]
                self.send_response(302)
                back = urlencode({"code": code, "state": query["state"]})
                self.send_header("Location", f"{query['redirect_uri']}?{back}")
                self.end_headers()

            def _json(self, value):
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(value).encode())

            def log_message(self, *_):
                pass

        return Handler


@contextmanager
def provider(claims):
    """A provider that gives these claims to everybody who comes."""
    one = Provider(claims)
    thread = threading.Thread(target=one.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        one.server.shutdown()
        one.server.server_close()
        thread.join()


def write_secrets(folder: Path, metadata: str, port: str = "{port}") -> Path:
    """Streamlit's secrets for a page on this machine; Streamlit fills in its own port."""
    path = folder / "secrets.toml"
    path.write_text(
        f"""[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "{CLIENT}"
client_secret = "made up as well"
server_metadata_url = "{metadata}"
""",
        "utf-8",
    )
    return path
