"""Where the data shared by developers lies; it is never part of the product."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PORTEVOIX_SHARED", ROOT.parent / "shared"))

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"données partagées absentes : {SHARED} (voir CONTRIBUTING.md)"
)
