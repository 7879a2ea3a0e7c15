"""Teasers: an article in lists, in each of the forms that lists show it in.

They are kept, and joined into pages of any depth: `urls.ROOT` stands in their links for the way to
the site's root.
"""

from jinja2 import Environment

from newsgen.config import Site
from newsgen.model import ArticleDetail, ArticleSummary
from newsgen.render.environment import links_of_teaser
from newsgen.site_context import TEASER_TEMPLATES


def render(
    environment: Environment, site: Site, article: ArticleSummary | ArticleDetail
) -> tuple[str, ...]:
    """An article in each form, in the order of `site_context.TEASER_TEMPLATES`."""
    values = {**links_of_teaser(site), "article": article}
    return tuple(environment.get_template(name).render(values) for name in TEASER_TEMPLATES)
