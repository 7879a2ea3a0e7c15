"""Whether names can be recognised here: which languages are wanted, and what is installed for them.

It loads no model; workers do that when they come to the first text that needs it.
"""

from pathlib import Path
from typing import NamedTuple

from newsgen.build.workers.recognize import NamesContext
from newsgen.config import CONFIG_FILE, Site
from newsgen.problems import Location, Problem
from newsgen.recognize.registry import RECOGNIZERS, RecognizerSpec, base_language


class RecognitionSetup(NamedTuple):
    """What workers need to recognise names, and what is said of languages that can't be read."""

    context: NamesContext
    problems: tuple[Problem, ...]


def prepare_recognition(site: Site, kept: Path | None, *, survey: bool = False) -> RecognitionSetup:
    """Find out which languages' names can be recognised.

    A language that the site is written in, or asks for, and that something is missing for, is a
    problem; of others nothing is said. Whoever asks for a survey is told too that the site is in a
    language whose names nobody recognises.

    Args:
        site: its configuration.
        kept: the cache's file, if there is one.
        survey: whether whole articles are asked for, not slips for the catalogue.
    """
    versions: list[tuple[str, str]] = []
    problems: list[Problem] = []
    if site.recognize.mode == "auto":
        asked = [base_language(language) for language in site.recognize.languages]
        own = base_language(site.language)
        if survey and own not in {*asked, *RECOGNIZERS}:
            problems.append(_problem(own, None, ()))
        for language in sorted(set(asked or RECOGNIZERS)):
            row = RECOGNIZERS.get(language)
            missing = row.missing() if row else ()
            if row and not missing:
                versions.append((language, row.version()))
            elif asked or language == own:
                problems.append(_problem(language, row, missing))
    context = NamesContext(
        versions=tuple(versions),
        language=site.language,
        raw_html=site.raw_html,
        include_tagged=site.recognize.include_tagged,
        link=site.tags.link_mentions,
        rules=site.rules,
        kept=kept,
        survey=survey,
    )
    return RecognitionSetup(context, tuple(problems))


def _problem(language: str, row: RecognizerSpec | None, missing: tuple[str, ...]) -> Problem:
    what = f"people, places and organisations in `{language}` are not recognised"
    if row is None:
        known = ", ".join(f"`{one}`" for one in sorted(RECOGNIZERS))
        message = f"{what}: newsgen knows {known}"
        hint = "set `language` and `recognize.languages` in newsgen.yaml"
    else:
        message = f"{what}: not installed: {', '.join(missing)}"
        hint = f"pip install 'newsgen[{row.extra}]', or set `recognize: off` in newsgen.yaml"
    return Problem(Location(CONFIG_FILE), "no-recognizer", message, hint)
