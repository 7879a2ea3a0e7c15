import pytest

from newsgen.enrich.body import BodySettings
from newsgen.enrich.figures import make_figures
from newsgen.enrich.markdown import render_markdown


def figures_of(body: str) -> str:
    return make_figures(render_markdown(body, BodySettings(), "").html)


def test_a_picture_by_itself_is_a_figure_with_its_title_as_caption() -> None:
    assert figures_of('![Река](a.png "Из <берегов>")') == (
        '<figure><img src="a.png" alt="Река"><figcaption>Из &lt;берегов&gt;</figcaption></figure>'
    )


@pytest.mark.parametrize("credit", ["Фото: Иван Иванов", "*Photo by: Ann*", "Иллюстрация: А. Б."])
def test_a_credit_below_a_picture_joins_its_caption(credit: str) -> None:
    html = figures_of(f'![](a.png "Река")\n\n{credit}\n\nТекст.')
    assert f'Река <span class="credit">{credit.strip("*")}' in html.replace("<em>", "")
    assert html.endswith("<p>Текст.</p>")


def test_pictures_in_a_row_are_a_gallery() -> None:
    html = figures_of("![](a.png)\n![](b.png)\n\n![](c.png)\n\nТекст.\n\n![](d.png)")
    assert html.count('<div class="gallery">') == 1
    assert html.count("<figure>") == 4
    assert html.index("c.png") < html.index("</div>") < html.index("d.png")


@pytest.mark.parametrize("body", ["Текст ![](a.png) дальше.", "- ![](a.png)", "`<img>`"])
def test_a_picture_among_words_stays_there(body: str) -> None:
    assert "<figure>" not in figures_of(body)


def test_a_linked_picture_keeps_its_link() -> None:
    html = figures_of("[![](a.png)](https://example.org/)")
    assert html.startswith('<figure><a href="https://example.org/"><img')
