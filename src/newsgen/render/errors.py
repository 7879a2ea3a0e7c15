"""Errors in templates, as problems with the template's file and line."""

import traceback

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import TemplatesNotFound

from newsgen.problems import Location, NewsgenError, problem_error
from newsgen.render.theme import Theme, list_files


def template_error(error: Exception, theme: Theme, template: str) -> NewsgenError | None:
    """Return the problem that an exception means to the theme's author.

    Args:
        error: the exception that rendering raised.
        theme: the theme whose templates were rendered.
        template: the name of the template that was rendered.

    Returns:
        None if the exception comes from newsgen's own code.
    """
    if isinstance(error, TemplateSyntaxError):
        location = Location(error.filename or template, error.lineno)
        return problem_error("template-error", error.message or "is malformed", location)
    found = _find_location(error, theme)
    if found is None and not isinstance(error, TemplateError):
        return None
    location = found or Location(template)
    if isinstance(error, TemplatesNotFound | TemplateNotFound):
        message = f"there is no template {error.name or error.message}"
        return problem_error("no-template", message, location)
    if isinstance(error, TemplateError):
        return problem_error("template-error", error.message or type(error).__name__, location)
    return problem_error("template-error", f"{type(error).__name__}: {error}", location)


def _find_location(error: Exception, theme: Theme) -> Location | None:
    """Return the innermost line of a template in an exception's traceback."""
    # Jinja rewrites tracebacks so that each call names the template's own file and line. A default
    # template counts even if the site overrides it, because the override may extend it.
    files = {str(file) for folder in theme.templates for file in list_files([folder]).values()}
    calls = traceback.extract_tb(error.__traceback__)
    lines = [Location(call.filename, call.lineno or 0) for call in calls if call.filename in files]
    return lines[-1] if lines else None
