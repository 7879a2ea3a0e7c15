"""A site's own shortcodes: Jinja templates `shortcodes/NAME.html` in its folder of templates."""

from functools import lru_cache
from typing import TYPE_CHECKING

from newsgen.enrich.shortcodes.call import Call

if TYPE_CHECKING:
    from jinja2 import Template


class ShortcodeError(Exception):
    """Template of a shortcode that fails."""


def render_template(call: Call, template: str) -> str:
    """Return the HTML of a shortcode.

    The template sees `args`, `params` and `inner`. Values are escaped, apart from `inner`, which is
    Markdown.

    Raises:
        ShortcodeError: If the template fails.
    """
    from jinja2 import TemplateError  # noqa: PLC0415 - few sites have shortcodes of their own
    from markupsafe import Markup  # noqa: PLC0415

    try:
        # `inner` is a mark for the place of text that goes through Markdown and the sanitizer.
        inner = Markup(call.inner)  # noqa: S704
        html = _compile(template).render(args=call.args, params=call.params, inner=inner)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        line = getattr(error, "lineno", 0)
        place = f"line {line} of its template: " if line else ""
        raise ShortcodeError(f"{place}{error}") from error
    return html.strip()


@lru_cache(maxsize=200)
def _compile(template: str) -> "Template":
    from jinja2 import Environment  # noqa: PLC0415

    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(template)
