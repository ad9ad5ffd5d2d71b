"""ProConnect, and any OpenID Connect provider: who someone is, checked.

ProConnect gives its answer about a person as a signed token; it is verified with the keys of the
provider, and the nonce that left with the request must come back.
"""

from __future__ import annotations

import secrets
from typing import Any, Final

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

_NONCE: Final = "identity_nonce"


class IdentityAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Reads the answers of the provider."""

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> Any:
        login = super().complete_login(request, app, token, **kwargs)
        said = login.account.extra_data.get("id_token", {}).get("nonce")
        expected = request.session.pop(_NONCE, None)
        if not expected or not secrets.compare_digest(str(said), expected):
            raise OAuth2Error("nonce")
        return login

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {access_token}"}
        with get_adapter().get_requests_session() as session:
            response = session.get(self.profile_url, headers=headers, timeout=10)
            response.raise_for_status()
        if "jwt" not in response.headers.get("Content-Type", ""):
            found: dict[str, Any] = response.json()
            return found
        verified: dict[str, Any] = jwtkit.verify_and_decode(
            credential=response.text,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=self.get_provider().app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return verified


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """Sends people to the provider with a nonce of their session."""

    oauth2_adapter_class = IdentityAdapter

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        del action
        parameters: dict[str, Any] = self.get_auth_params()
        request.session[_NONCE] = secrets.token_urlsafe(32)
        return parameters | {"nonce": request.session[_NONCE]}
