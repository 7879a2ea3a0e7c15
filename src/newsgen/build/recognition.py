"""Choice of the languages whose names can be recognized with what is installed.

No model is loaded here. Workers load one when the first text needs it.
"""

from typing import NamedTuple

from newsgen.build.error_log import LOG_NAME, log_plugin_error
from newsgen.build.workers.recognize import NamesContext
from newsgen.config import CONFIG_FILE, Site
from newsgen.problems import Location, Problem
from newsgen.recognize.registry import RECOGNIZERS, RecognizerSpec, base_language


class RecognitionSetup(NamedTuple):
    """Context for workers, and problems of languages that cannot be processed."""

    context: NamesContext
    problems: tuple[Problem, ...]


def prepare_recognition(site: Site, *, report_language: bool = False) -> RecognitionSetup:
    """Find the languages whose names can be recognized.

    It is a problem if something is missing for the site's own language or one under
    `recognize.languages`. Other languages are skipped.

    Args:
        site: The configuration.
        report_language: Whether it is also a problem that newsgen has no recognizer at all for the
            site's own language. A build of an English archive works as intended; a report of its
            tags would be empty without any explanation.
    """
    versions: list[tuple[str, str]] = []
    problems: list[Problem] = []
    if site.recognize.mode == "auto":
        asked = [base_language(language) for language in site.recognize.languages]
        own = base_language(site.language)
        if report_language and own not in {*asked, *RECOGNIZERS}:
            problems.append(_make_problem(own, None, ()))
        # Sorted, because the versions are part of the digest that decides if sources are read
        # again.
        for language in sorted(set(asked or RECOGNIZERS)):
            row = RECOGNIZERS.get(language)
            try:
                missing = row.missing() if row else ()
                version = row.version() if row and not missing else None
            except Exception as error:
                failure = RECOGNIZERS.describe_failure(language, error)
                failure = log_plugin_error(error, failure, language, site.cache_folder / LOG_NAME)
                if failure is None:
                    raise
                problems.append(failure)
                continue
            if version is not None:
                versions.append((language, version))
            # Unless the user asked for a language, a missing recognizer matters for the site's own
            # only.
            elif asked or language == own:
                problems.append(_make_problem(language, row, missing))
    context = NamesContext(
        versions=tuple(versions),
        language=site.language,
        include_tagged=site.recognize.include_tagged,
        link=site.tags.link_mentions,
        rules=site.rules,
    )
    return RecognitionSetup(context, tuple(problems))


def _make_problem(language: str, row: RecognizerSpec | None, missing: tuple[str, ...]) -> Problem:
    what = f"people, places and organizations in `{language}` are not recognized"
    if row is None:
        known = ", ".join(f"`{language}`" for language in sorted(RECOGNIZERS))
        message = f"{what}: newsgen supports {known}"
        hint = "set `language` and `recognize.languages` in newsgen.yaml"
    else:
        message = f"{what}: not installed: {', '.join(missing)}"
        hint = f"pip install 'newsgen[{row.extra}]', or set `recognize: off` in newsgen.yaml"
    return Problem(Location(CONFIG_FILE), "no-recognizer", message, hint)
