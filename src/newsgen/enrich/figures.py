"""Make figures of pictures that stand by themselves, and galleries of those in a row.

The HTML is sanitized. A picture's title becomes its caption, and a line such as `Фото: Reuters`
below it joins the caption.
"""

import re
from typing import Final

_IMAGE: Final = r"(?:<a [^<>]*>\s*)?<img [^<>]*>(?:\s*</a>)?"
_PICTURES_ONLY: Final = re.compile(
    rf"<p>\s*((?:{_IMAGE}\s*(?:<br>\s*)?)++)</p>(?:\s*<p>((?:<em>)?(?:Фото|Снимок|Иллюстрация|"
    r"Коллаж|Photo|Photograph|Image|Picture|Credit)[^<>]{0,20}:[^<]{0,200}(?:</em>)?)</p>)?",
    re.IGNORECASE,
)
_ONE: Final = re.compile(rf"({_IMAGE})\s*(?:<br>\s*)?")
_TITLE: Final = re.compile(r' title="([^"]*)"')
_FIGURE: Final = r"<figure>(?:(?!</?figure).)*+</figure>"
_FIGURES: Final = re.compile(rf"{_FIGURE}(?:\s*{_FIGURE})++", re.DOTALL)


def make_figures(html: str) -> str:
    """Return a body whose paragraphs of pictures are figures."""
    if "<img" not in html:
        return html
    html = _PICTURES_ONLY.sub(_make_figures, html)
    return _FIGURES.sub(lambda match: f'<div class="gallery">\n{match[0]}\n</div>', html)


def _make_figures(match: re.Match[str]) -> str:
    images = _ONE.findall(match[1])
    credit = (match[2] or "").strip()
    last = len(images) - 1
    return "\n".join(
        _make_figure(image, credit if at == last else "") for at, image in enumerate(images)
    )


def _make_figure(image: str, credit: str) -> str:
    title = _TITLE.search(image)
    words = title[1] if title else ""
    credit = f'<span class="credit">{credit}</span>' if credit else ""
    caption = " ".join(filter(None, (words, credit)))
    image = _TITLE.sub("", image, count=1)
    return f"<figure>{image}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"
