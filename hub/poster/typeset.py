"""The page description of the poster. Pure text; what is filed of a station comes in as data, never read as markup."""

from dataclasses import asdict
from typing import Any

from hub.poster import content
from hub.poster.content import Poster

MAIN = r"""
#let d = json("data.json")
#set document(title: d.name.zh, author: "Waystation")
#set page(paper: "a4", margin: (x: 14mm, y: 12mm), numbering: none)
#set text(font: d.font, fallback: true, lang: "zh", cjk-latin-spacing: none)
#set par(leading: 0.62em, spacing: 0.8em)
#let zh(said, size) = text(size: size, weight: "bold", said)
#let en(said, size) = text(size: size, fill: luma(70), lang: "en", said)
#let both(said, size, small) = [#zh(said.zh, size) \ #en(said.en, small)]

// `k`: how large everything but the code is.
#let sheet(k) = {
  block(width: 100%, fill: black, inset: (x: 8mm, y: 5mm * k), {
    text(fill: white, size: 30pt * k, weight: "bold", d.words.sign.zh)
    h(1fr)
    text(fill: white, size: 12pt * k, lang: "en", d.words.sign.en)
  })
  v(1mm)
  par({
    zh(d.name.zh, 30pt * k)
    if d.name.en != d.name.zh { linebreak(); en(d.name.en, 12pt * k) }
    if d.address != "" { linebreak(); text(size: 12pt * k, d.address) }
  })
  v(2mm)
  grid(
    columns: (100mm, 1fr), column-gutter: 6mm,
    block(width: 100mm, stroke: 1pt + black, inset: 2mm, align(center, image("code.svg", width: 96mm, alt: d.link))),
    {
      both(d.words.scan, 22pt, 11pt)
      v(1mm)
      for deed in d.words.deeds { zh(deed.zh, 20pt); h(2mm); en(deed.en, 11pt); linebreak() }
      en(d.words.free.zh + " · " + d.words.free.en, 9pt)
      v(3mm)
      text(size: 11pt, d.words.hours.zh + " ")
      en(d.words.hours.en, 9pt)
      linebreak()
      zh(d.hours.zh, 17pt)
      linebreak()
      en(d.hours.en, 10pt)
    },
  )
  v(2mm)
  block(width: 100%, stroke: (y: 1.5pt + black), inset: (y: 5mm * k), grid(
    columns: (auto, 1fr), column-gutter: 8mm, align: horizon,
    text(size: 60pt * k, weight: "bold", top-edge: "cap-height", bottom-edge: "baseline", d.hotline),
    both(d.words.call, 15pt * k, 10pt * k),
  ))
  v(2mm * k)
  both(d.words.pledge, 20pt * k, 11pt * k)
  for (number, said) in d.pledge.enumerate(start: 1) {
    v(1mm * k)
    grid(
      columns: (8mm, 1fr), zh(str(number), 15pt * k),
      [#text(size: 15pt * k, said.zh) \ #en(said.en, 10pt * k)],
    )
  }
}
#let foot = {
  line(length: 100%, stroke: 0.5pt)
  text(size: 8.5pt, d.foot.join(" · "))
  linebreak()
  en(d.link, 8pt)
}
// The largest that leaves room for the foot; it is one sheet, whatever the station is called.
#layout(size => {
  let room = size.height - measure(block(width: size.width, foot)).height - 4mm
  let fits(k) = measure(block(width: size.width, sheet(k))).height <= room
  let sizes = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64, 0.58, 0.52)
  let fitting = sizes.find(fits)
  sheet(if fitting == none { sizes.last() } else { fitting })
  v(1fr)
  foot
})
"""


def data_of(poster: Poster) -> dict[str, Any]:
    """As the page description reads it."""
    words = {
        "sign": content.SIGN, "scan": content.SCAN, "free": content.FREE, "hours": content.OPEN_HOURS,
        "call": content.CALL, "pledge": content.PLEDGE,
    }  # fmt: skip
    said = asdict(poster)
    del said["printed_on"], said["numbers"]
    plain = {name: asdict(word) for name, word in words.items()}
    deeds = [asdict(deed) for deed in content.DEEDS]
    return said | {"words": plain | {"deeds": deeds}, "foot": foot(poster)}


def foot(poster: Poster) -> list[str]:
    """What tells one sheet from another."""
    numbers = [f"{label.zh} {value}" for label, value in poster.numbers]
    return [*numbers, f"{content.VERSION.zh} {poster.version}", f"{content.PRINTED.zh} {poster.printed_on}"]
