"""What went wrong in a template, said with the template's file and line."""

import traceback

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplatesNotFound

from newsgen.problems import Location, NewsgenError, problem_error
from newsgen.render.theme import Theme, sources_of


def template_error(error: Exception, theme: Theme, template: str) -> NewsgenError | None:
    """The problem that an exception in a template is to its author; None if it came from elsewhere.

    Args:
        error: what rendering raised.
        theme: whose templates were rendered.
        template: the name of the one that was asked for.
    """
    files = {str(file) for file in sources_of(theme.templates).values()}
    if isinstance(error, TemplateSyntaxError):
        line = Location(error.filename or template, error.lineno)
        return problem_error("template-error", error.message or "is malformed", line)
    place = _place(error, files)
    if place is None and not isinstance(error, TemplateError):
        return None
    place = place or Location(template)
    if isinstance(error, TemplatesNotFound | TemplateNotFound):
        return problem_error(
            "no-template", f"there is no template {error.name or error.message}", place
        )
    if isinstance(error, TemplateError):
        return problem_error("template-error", error.message or type(error).__name__, place)
    return problem_error("template-error", f"{type(error).__name__}: {error}", place)


def _place(error: Exception, files: set[str]) -> Location | None:
    """The innermost line of a template that the exception came through."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [
        Location(frame.filename, frame.lineno or 0) for frame in frames if frame.filename in files
    ]
    return lines[-1] if lines else None
