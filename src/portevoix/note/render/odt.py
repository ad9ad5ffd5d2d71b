"""The note as an editable OpenDocument text: real headings, lists, tables, quotations."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from odfdo import Cell, Column, Document, Element, Header, List, ListItem, Paragraph, Row, Table

from portevoix.note import french
from portevoix.note.document import Chart, Point, Readable, Section
from portevoix.note.render.html import described

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
MOST_MONTHS: Final = 24  # a longer table of months is not read: a sentence says the fullest one
STYLES: Final = (
    '<style:style style:name="Quotations" style:family="paragraph" '
    'style:parent-style-name="Standard"><style:paragraph-properties fo:margin-left="1cm" '
    'fo:margin-top="0.1cm" fo:margin-bottom="0.1cm"/><style:text-properties '
    'fo:font-style="italic"/></style:style>',
    '<style:style style:name="Notice" style:family="paragraph" '
    'style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold" '
    'fo:color="#6e445a"/></style:style>',
    '<style:style style:name="Term" style:family="text"><style:text-properties '
    'fo:font-weight="bold"/></style:style>',
    '<style:style style:name="TableHeading" style:family="paragraph" '
    'style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"/>'
    "</style:style>",
)
WIDTHS: Final = (7, 3, 2, 4)  # cm: the label, the count, the share, the interval
TABLE_STYLES: Final = (
    *(
        f'<style:style style:name="Column{rank}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}cm"/></style:style>'
        for rank, width in enumerate(WIDTHS)
    ),
    *(
        f'<style:style style:name="Table{count}" style:family="table"><style:table-properties '
        f'style:width="{sum(WIDTHS[:count])}cm" table:align="left"/>'
        "</style:style>"
        for count in (3, 4)
    ),
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties '
    'fo:padding="0.1cm" fo:border-bottom="0.5pt solid #929292"/></style:style>',
)


def _table(chart: Chart) -> list[Any]:
    if chart.key == "months" and len(chart.bars) > MOST_MONTHS:
        return [Paragraph(f"{chart.caption}\u00a0: {french.lower_first(chart.summary)}")]
    spread = chart.bars[0].low is not None
    headings = ["Libellé", "Expériences", "Part", *(["Intervalle à 95 %"] if spread else [])]
    table = Table(chart.key, style=f"Table{len(headings)}")
    for rank in range(len(headings)):
        table.append(Column(style=f"Column{rank}"))
    # Said again on each page, and known as headings by screen readers.
    top = Element.from_tag("table:table-header-rows")
    top.append(_row(headings, "TableHeading"))
    table.append(top)
    for bar in chart.bars:
        cells = [bar.label, french.number(bar.count), french.percent(bar.share)]
        if bar.low is not None and bar.high is not None:
            cells.append(french.between(bar.low, bar.high))
        table.append(_row(cells))
    return [Paragraph(chart.caption, style="Caption"), table, Paragraph("")]


def _row(values: list[str], style: str = "Standard") -> Row:
    row = Row()
    for value in values:
        cell = Cell(style="Cell", cell_type="string")
        cell.append(Paragraph(value, style=style))
        row.append(cell)
    return row


def _list(texts: list[str]) -> List:
    items = List()
    for text in texts:
        items.append(ListItem(text))
    return items


def _point(note: Readable, point: Point, title: str) -> list[Any]:
    parts: list[Any] = [Header(3, title)]
    parts += [Paragraph(sentence.text) for sentence in point.sentences]
    if point.details:
        parts.append(_list([sentence.text for sentence in point.details]))
    for quote in point.quotes:
        source = note.sources.get(quote.experience)
        where = f" ({described(source)})" if source else ""
        parts.append(Paragraph(f"«\u00a0{quote.text}\u00a0»{where}", style="Quotations"))
    for name, sentence in point.rows:
        paragraph = Paragraph(f"{name}\u00a0: {sentence.text}")
        paragraph.set_span("Term", regex=f"^{name}")
        parts.append(paragraph)
    return parts


def _section(note: Readable, section: Section) -> list[Any]:
    parts: list[Any] = [Header(2, section.title)]
    if section.key == "limits":
        parts.append(_list([sentence.text for sentence in section.sentences]))
    else:
        parts += [Paragraph(sentence.text) for sentence in section.sentences]
    for chart in section.charts:
        parts += _table(chart)
    for number, point in enumerate(section.points, 1):
        title = f"{number}. {point.title}" if section.key == "leads" else point.title
        parts += _point(note, point, title)
    return parts


def _steady(data: bytes) -> bytes:
    """The same archive without the hour it was made: same note, same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "mimetype", n)):
            kind = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            entry = ZipInfo(name, EPOCH)
            entry.compress_type = kind
            new.writestr(entry, old.read(name))
    return out.getvalue()


def _without_numbers(document: Document) -> None:
    """Headings bear their words only: leads have numbers of their own."""
    for level in document.styles.root.get_elements("//text:outline-level-style"):
        level.set_attribute("style:num-format", "")
        for name in ("style:num-suffix", "loext:num-list-format", "text:display-levels"):
            if level.get_attribute(name) is not None:
                level.del_attribute(name)


def render(note: Readable) -> bytes:
    document = Document("text")
    _without_numbers(document)
    for style in STYLES:
        document.insert_style(style)
    for style in TABLE_STYLES:
        document.insert_style(style, automatic=True)
    document.set_language("fr-FR")
    document.meta.title = note.title
    document.meta.set_creation_date(datetime(*EPOCH[:3]))
    document.meta.set_modification_date(datetime(*EPOCH[:3]))
    document.meta.set_editing_duration(datetime(*EPOCH[:3]) - datetime(*EPOCH[:3]))
    body = document.body
    body.clear()
    body.append(Header(1, note.title))
    body.append(Paragraph(note.subtitle))
    if note.options.fictional:
        body.append(Paragraph("Données fictives : tout est inventé.", style="Notice"))
    for section in note.sections:
        for part in _section(note, section):
            body.append(part)
    out = BytesIO()
    document.save(out)
    return _steady(out.getvalue())
