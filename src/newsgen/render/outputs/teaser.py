"""Teasers: an article in lists, in each of the forms that lists show it in.

They are kept, and joined into pages of any depth: `urls.ROOT` stands in their links for the way to
the site's root.
"""

from jinja2 import Environment

from newsgen.config import Site
from newsgen.edition import TEASER_TEMPLATES
from newsgen.model import Card
from newsgen.render.environment import links_of_teaser


def render(environment: Environment, site: Site, card: Card) -> tuple[str, ...]:
    """An article in each form, in the order of `edition.TEASER_TEMPLATES`."""
    values = {**links_of_teaser(site), "article": card}
    return tuple(environment.get_template(name).render(values) for name in TEASER_TEMPLATES)
