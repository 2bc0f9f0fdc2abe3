"""The page description a PDF is set from. Pure text; what people typed comes in as data and is never read as markup."""

MAIN = r"""
#let d = json("data.json")
#set document(title: d.annex.title, author: "Waystation")
#set page(paper: "a4", margin: (x: 20mm, y: 18mm), numbering: none)
#set text(font: d.font, fallback: true, size: 10.5pt, lang: d.lang, cjk-latin-spacing: none)
#set par(leading: 0.62em)
#let cell(body) = align(horizon, body)

#align(center, text(size: 16pt, weight: "bold", d.annex.title))
#v(4mm)
#table(
  columns: (3fr, 5fr, 3fr, 5fr), inset: 7pt, stroke: 0.7pt + black,
  cell(d.annex.head.at(0).at(0)), cell(d.annex.head.at(0).at(1)),
  cell(d.annex.head.at(1).at(0)), cell(d.annex.head.at(1).at(1)),
  cell(d.annex.head.at(2).at(0)), table.cell(colspan: 3, cell(d.annex.head.at(2).at(1))),
)
#v(-1.2em + 0.35pt)
#table(
  columns: (2.4cm, 1fr, 5.6cm), inset: 7pt, stroke: 0.7pt + black,
  table.header(..d.annex.columns.map(name => align(center, strong(name)))),
  // A spanning cell would be read after its last row; so each part is one cell with a table of its own.
  ..for section in d.annex.sections {
    (
      align(center + horizon, section.name),
      table.cell(colspan: 2, inset: 0pt, table(
        columns: (1fr, 5.6cm), inset: 7pt,
        stroke: (x, y) => (top: if y > 0 { 0.7pt }, left: if x > 0 { 0.7pt }),
        ..for row in section.rows { (cell(row.text), cell(row.boxes.join(h(1em)))) },
      )),
    )
  },
  align(center, strong(d.annex.total.at(0))), table.cell(colspan: 2, align(center, d.annex.total.at(1))),
)

#set page(numbering: "1 / 1", header: text(size: 8pt, fill: luma(90), d.running))
#set text(size: 9pt)
#if d.appendix.len() > 0 { pagebreak() }
#for block in d.appendix {
  if block.kind == "Heading" {
    v(if block.level < 3 { 3mm } else { 1.5mm })
    text(size: if block.level < 3 { 13pt } else { 10.5pt }, weight: "bold", block.text)
    parbreak()
  } else if block.kind == "Paragraph" {
    par(block.text)
  } else if block.kind == "Facts" {
    table(
      columns: (4.4cm, 1fr), inset: (x: 0pt, y: 2.2pt), stroke: none,
      ..for row in block.rows { (text(fill: luma(80), row.at(0)), row.at(1)) },
    )
  } else if block.kind == "Items" {
    list(..block.texts.map(said => [#said]))
  } else if block.kind == "Drawing" {
    image(block.file, width: 100%, alt: block.alt)
    text(size: 7pt, fill: luma(90), block.alt)
    parbreak()
  } else if block.kind == "Picture" {
    figure(image(block.file, height: 6.2cm, fit: "contain", alt: block.caption), caption: none)
    align(center, text(size: 7.5pt, block.caption))
  }
}
"""
