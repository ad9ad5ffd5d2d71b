"""The application that the server runs."""

from __future__ import annotations

import os
import threading

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portevoix.web.config.settings")
application = get_asgi_application()


def _warm() -> None:
    """Load the engines, the index of the directory, the figures: nobody waits for them."""
    from django.db import Error, connection  # noqa: PLC0415

    from portevoix.web.directory import search  # noqa: PLC0415
    from portevoix.web.experiences.queries import figures  # noqa: PLC0415
    from portevoix.web.replies.queries import useful_share  # noqa: PLC0415
    from portevoix.web.runs import actions  # noqa: PLC0415

    try:
        actions.engines()
        search.current()
        figures()
        useful_share()
    except Error:
        # No database yet: the first request will say so better than a thread.
        pass
    finally:
        connection.close()


if os.environ.get("PORTEVOIX_MODE") != "test":
    threading.Thread(target=_warm, name="warm", daemon=True).start()
