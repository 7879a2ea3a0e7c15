"""`newsgen new`."""

from pathlib import Path

import click

from newsgen.cli import options


@click.command("new", short_help="Create a new article.")
@click.argument("headline")
@options.config_option
@click.option("-d", "--date", metavar="DATE", help="Date of publication.  [default: now]")
@click.option(
    "-a", "--author", "authors", multiple=True, metavar="NAME", help="Author; can be repeated."
)
@click.option("-t", "--tag", "tags", multiple=True, metavar="TAG", help="Tag; can be repeated.")
@click.option("--draft", is_flag=True, help="Create it as a draft.")
@click.option("--text", "as_text", is_flag=True, help="Use plain text instead of Markdown.")
def command(
    *,
    headline: str,
    config: Path | None,
    date: str | None,
    authors: tuple[str, ...],
    tags: tuple[str, ...],
    draft: bool,
    as_text: bool,
) -> None:
    """Create a new article with the title HEADLINE, and print the path of its file."""
    from newsgen.scaffold import NewArticle, create_article  # noqa: PLC0415 - `--help` needs none

    site = options.load_site_with_options(config)
    article = NewArticle(headline, date or "", authors, tags, draft=draft, as_text=as_text)
    click.echo(create_article(site, article))
