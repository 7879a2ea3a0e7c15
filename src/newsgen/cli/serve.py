"""`newsgen serve`."""

from pathlib import Path

import click

from newsgen.cli import options


@click.command("serve", short_help="Look at the site in a browser.")
@options.config_option
@options.output_option
@click.option("-b", "--base-url", metavar="URL", help="Serve under this URL's path.")
@click.option("-p", "--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@options.verbosity_options
def command(
    *,
    config: Path | None,
    output: str | None,
    base_url: str | None,
    port: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Serve the built site on this machine, as a web host would, until Ctrl-C.

    Under the path of the base URL, if it has one, and with the site's own page for what is not
    found.
    """
    from newsgen.serve import base_path_of, make_server  # noqa: PLC0415 - `--help` needs none of it

    site = options.load_site(config, output=output, base_url=base_url)
    with make_server(site, port, log=click.echo if verbose else None) as server:
        if not quiet:
            url = f"http://127.0.0.1:{server.server_port}{base_path_of(site)}"
            click.echo(f"Serving {site.output}/ at {url} (Ctrl-C stops)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            if not quiet:
                click.echo("\nStopped.")
