"""`newsgen serve`."""

from contextlib import suppress
from pathlib import Path

import click

from newsgen.cli import options


@click.command("serve", short_help="Preview the site in a browser.")
@options.config_option
@options.output_option
@click.option("-b", "--base-url", metavar="URL", help="Serve under the path of this URL.")
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@options.quiet_option()
@options.verbose_option("Log every request.")
def command(
    *,
    config: Path | None,
    output: str | None,
    base_url: str | None,
    port: int,
    quiet: bool,
    verbose: bool,
) -> None:
    """Serve the built site on this computer until Ctrl-C.

    It answers as a static web host does: under the path of the base URL, and with the site's own
    page for missing files.
    """
    from newsgen.serve import base_path, make_server  # noqa: PLC0415 - `--help` needs none

    site = options.load_site_with_options(config, output=output, base_url=base_url)
    with make_server(site, port, log=_log_request if verbose else None) as server:
        if not quiet:
            url = f"http://127.0.0.1:{server.server_port}{base_path(site)}"
            click.echo(f"Serving {site.output}/ at {url} (press Ctrl-C to stop)")
        # Ctrl-C is the normal way to stop, so it is no interruption with exit code 130.
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            if not quiet:
                click.echo("\nStopped.")


def _log_request(line: str) -> None:
    # A log that nobody reads any more, as in `newsgen serve -v | head`, must not fail the request.
    with suppress(OSError):
        click.echo(line)
