"""A real OpenID Connect provider on a real port, small: discovery, code, signed tokens.

Like ProConnect, it answers about the person with a signed token.
"""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "porte-voix", "secret-of-the-client"


class Provider(ThreadingHTTPServer):
    """Knows one person, whom each test names; signs with one key."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.email = ""
        self.subject = "sub-1"
        self.nonce_override = ""
        self.signing_key: Any = self.key
        self.codes: dict[str, dict[str, str]] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def token(self, **claims: Any) -> str:
        now = int(time.time())
        standard = {"iss": self.address, "aud": CLIENT, "sub": self.subject, "iat": now}
        return jwt.encode(
            standard | {"exp": now + 60} | claims,
            self.signing_key,
            algorithm="RS256",
            headers={"kid": "k1"},
        )


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def _send(self, body: str, kind: str = "application/json", status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self) -> None:
        path = urlsplit(self.path)
        me = self.server
        if path.path.endswith("/openid-configuration"):
            names = ("authorization", "token", "userinfo")
            endpoints = {f"{name}_endpoint": f"{me.address}/{name}" for name in names}
            self._send(
                json.dumps(endpoints | {"issuer": me.address, "jwks_uri": f"{me.address}/jwks"})
            )
        elif path.path == "/jwks":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(me.key.public_key()))
            self._send(json.dumps({"keys": [public | {"kid": "k1", "alg": "RS256"}]}))
        elif path.path == "/authorization":
            asked = {name: values[0] for name, values in parse_qs(path.query).items()}
            me.codes["code-1"] = asked
            back = urlencode({"code": "code-1", "state": asked["state"]})
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif self.headers.get("Authorization") == "Bearer access-1":
            self._send(me.token(email=me.email, given_name="Aline"), "application/jwt")
        else:
            self._send("{}", status=401)

    def do_POST(self) -> None:
        me = self.server
        length = int(self.headers["Content-Length"])
        sent = {name: v[0] for name, v in parse_qs(self.rfile.read(length).decode()).items()}
        asked = me.codes.pop(sent["code"], {})
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        known = (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        if not known or asked.get("code_challenge") != challenge:
            self._send(json.dumps({"error": "invalid_grant"}), status=400)
            return
        nonce = me.nonce_override or asked.get("nonce")
        answer = {"access_token": "access-1", "token_type": "Bearer"}
        self._send(json.dumps(answer | {"id_token": me.token(nonce=nonce)}))


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        thread.join(timeout=5)
