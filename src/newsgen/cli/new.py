"""`newsgen new`."""

from pathlib import Path

import click

from newsgen.cli import options


@click.command("new", short_help="Begin an article.")
@click.argument("headline")
@options.config_option
@click.option("-d", "--date", metavar="DATE", help="Its date.  [default: now]")
@click.option(
    "-a", "--author", "authors", multiple=True, metavar="NAME", help="Its author; may be repeated."
)
@click.option("-t", "--tag", "tags", multiple=True, metavar="TAG", help="A tag; may be repeated.")
@click.option("--draft", is_flag=True, help="Hold it back until the word is taken out.")
@click.option("--text", "as_text", is_flag=True, help="Plain text instead of Markdown.")
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
    """Begin an article with HEADLINE in a new file of the source folder, and name the file."""
    from newsgen.scaffold import NewArticle, begin_article  # noqa: PLC0415 - `--help` needs none of it

    site = options.load_site(config)
    article = NewArticle(headline, date or "", authors, tags, draft=draft, as_text=as_text)
    click.echo(begin_article(site, article))
