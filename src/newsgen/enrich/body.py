"""Records of this stage: what a rendered body consists of."""

from typing import NamedTuple

from newsgen.model import Reference


class BodyWarning(NamedTuple):
    """Something in a body that newsgen cannot show. The rest of the body is rendered.

    Attributes:
        code: The problem code.
        message: The reason.
        line: Line number within the body, counted from 1.
    """

    code: str
    message: str
    line: int


class Body(NamedTuple):
    """Rendered body.

    Attributes:
        html: Safe HTML, with placeholders for its references and `urls.ROOT` for the site's root.
        references: Its references in the order of the placeholders, then its media of other hosts.
        warnings: What could not be shown.
    """

    html: str
    references: tuple[Reference, ...] = ()
    warnings: tuple[BodyWarning, ...] = ()
