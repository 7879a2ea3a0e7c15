"""Text of an article as a recognizer reads it.

Stops before recognition: no language is known here.
"""

from typing import Final, NamedTuple

from newsgen.text.html_words import Words, extract_words

# A blank line ends the headline's sentence, so no name can run from the headline into the body.
_SEPARATOR: Final = "\n\n"


class ArticleText(NamedTuple):
    """Headline and body of an article as one plain text.

    Attributes:
        text: The headline, a blank line, and the words of the body.
        body: The words of the body, with their places in the HTML.
        body_start: Offset of the body in `text`.
    """

    text: str
    body: Words
    body_start: int


def make_article_text(headline: str, html: str) -> ArticleText:
    """Join the headline and the words of the body into one text.

    Args:
        headline: Plain text.
        html: The body as HTML.
    """
    body = extract_words(html)
    return ArticleText(headline + _SEPARATOR + body.text, body, len(headline) + len(_SEPARATOR))
