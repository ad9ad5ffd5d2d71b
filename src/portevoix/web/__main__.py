"""`portevoix-site COMMAND`: `servir`, our commands and Django's, with French errors."""

from __future__ import annotations

import os
import sys

from portevoix.errors import PortevoixError


def main(arguments: list[str] | None = None) -> None:
    """Run one command of the site; a known error is one French sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portevoix.web.config.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415
    except ImportError:
        sys.exit("Le site n'est pas installé : pip install 'portevoix[site]'.")
    words = arguments or sys.argv[1:]
    try:
        if words[:1] == ["servir"]:
            from portevoix.web.config.serving import serve  # noqa: PLC0415

            sys.exit(serve())
        execute_from_command_line(["portevoix-site", *words])
    except PortevoixError as error:
        sys.exit(f"Erreur : {error.message}")
    except KeyboardInterrupt:
        sys.exit("\nInterrompu.")


if __name__ == "__main__":
    main()
