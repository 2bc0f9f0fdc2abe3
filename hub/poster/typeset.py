"""The page description of the poster. Pure text; what is filed of a station comes in as data, never read as markup."""

from dataclasses import asdict
from typing import Any

from hub.poster import content
from hub.poster.content import Poster

MAIN = r"""
#let d = json("data.json")
#set document(title: d.name.zh, author: "Waystation")
#set page(paper: "a4", margin: (x: 14mm, y: 12mm), numbering: none)
#set text(font: d.font, fallback: true, size: 11pt, lang: "zh", cjk-latin-spacing: none)
#set par(leading: 0.62em, spacing: 0.8em)
#let small(body, size: 9pt) = text(size: size, fill: luma(70), lang: "en", body)
#let both(said, size: 13pt, en: 9pt) = [#text(size: size, weight: "bold", said.zh) \ #small(said.en, size: en)]

#block(width: 100%, fill: black, inset: (x: 8mm, y: 5mm))[
  #text(fill: white, size: 30pt, weight: "bold", d.words.sign.zh)
  #h(1fr)
  #text(fill: white, size: 12pt, lang: "en", d.words.sign.en)
]
#v(1mm)
#text(size: calc.max(18, calc.min(30, 400 / calc.max(d.name.zh.clusters().len(), 1))) * 1pt, weight: "bold", d.name.zh)
#if d.name.en != d.name.zh [ \ #small(d.name.en, size: 12pt) ]
#if d.address != "" [ \ #text(size: 12pt, d.address) ]
#v(2mm)
#grid(
  columns: (100mm, 1fr), column-gutter: 6mm,
  block(width: 100mm, stroke: 1pt + black, inset: 2mm, align(center, image("code.svg", width: 96mm, alt: d.link))),
  [
    #both(d.words.scan, size: 22pt, en: 11pt)
    #v(1mm)
    #for deed in d.words.deeds [#text(size: 20pt, weight: "bold", deed.zh) #h(2mm) #small(deed.en, size: 11pt) \ ]
    #small(d.words.free.zh + " · " + d.words.free.en)
    #v(3mm)
    #text(size: 11pt, d.words.hours.zh) #small(d.words.hours.en) \
    #text(size: 17pt, weight: "bold", d.hours.zh) \
    #small(d.hours.en)
  ],
)
#v(2mm)
#block(width: 100%, stroke: (y: 1.5pt + black), inset: (y: 5mm))[
  #grid(columns: (auto, 1fr), column-gutter: 8mm, align: horizon,
    text(size: 60pt, weight: "bold", top-edge: "cap-height", bottom-edge: "baseline", d.hotline),
    both(d.words.call, size: 15pt, en: 10pt),
  )
]
#v(2mm)
#both(d.words.pledge, size: 20pt, en: 11pt)
#let promise(number, said) = grid(
  columns: (8mm, 1fr), text(size: 15pt, weight: "bold", str(number)),
  [#text(size: 15pt, said.zh) \ #small(said.en, size: 10pt)],
)
#for (number, said) in d.pledge.enumerate(start: 1) {
  promise(number, said)
  v(1mm)
}
#v(1fr)
#line(length: 100%, stroke: 0.5pt)
#text(size: 8.5pt)[#d.foot.join(" · ") \ #small(d.link, size: 8pt)]
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
