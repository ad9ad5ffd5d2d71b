"""The note as a tagged PDF (PDF/UA-1), from the same page as the HTML, without its appendix."""

from __future__ import annotations

from weasyprint import HTML  # slow: this module is imported only for a PDF

from portevoix.note.document import Readable
from portevoix.note.render.html import page


def render(note: Readable) -> bytes:
    produced: bytes = HTML(string=page(note, printed=True)).write_pdf(pdf_variant="pdf/ua-1")
    return produced
