"""What every template knows of the site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(_request: HttpRequest) -> dict[str, Any]:
    """Name, theme, publisher, and whether the data are fictional."""
    return {
        "site_name": settings.PORTEVOIX_NAME,
        "site_theme": settings.PORTEVOIX_THEME,
        "site_publisher": settings.PORTEVOIX_PUBLISHER,
        "site_contact": settings.PORTEVOIX_CONTACT,
        "is_demonstration": settings.PORTEVOIX_DEMONSTRATION,
        "second_factor_optional": settings.PORTEVOIX_SECOND_FACTOR == "optional",
    }
