"""Names joined over an archive: old articles keep their names."""

from newsgen.enrich.recognize.join import Ledger, clues, joined
from newsgen.enrich.recognize.protocol import Entity, Kind, Mention


def person(name, *mentions):
    return Entity(Kind.PERSON, name, (), (), tuple(Mention(*m) for m in mentions or [(0, 1)]))


def organisation(name, *short_names, kind=Kind.ORGANISATION):
    return Entity(kind, name, tuple(short_names), tuple(short_names), (Mention(0, 1),))


def archive(*articles):
    """The tags of each article, articles being lists of entities from the oldest on."""
    ledger = Ledger()
    found = []
    for entities in articles:
        found.append([(tag.kind, tag.name) for tag in joined(entities, ledger.older)])
        ledger.add(clues(entities))
    return found


OBAMA = person("Барак Обама")


def test_a_surname_alone_is_taken_for_its_only_known_bearer():
    tags = archive([OBAMA], [OBAMA], [person("Обама")])
    assert tags[2] == [(Kind.PERSON, "Барак Обама")]


def test_one_article_is_not_enough():
    assert archive([OBAMA], [person("Обама")])[1] == [(Kind.PERSON, "Обама")]


def test_a_surname_of_two_is_left_alone():
    other = person("Мишель Обама")
    tags = archive([OBAMA, other], [OBAMA, other], [OBAMA], [person("Обама")])
    assert tags[-1] == [(Kind.PERSON, "Обама")]


def test_initials():
    assert archive([OBAMA], [person("Б. Обама")])[1] == [(Kind.PERSON, "Барак Обама")]
    assert archive([OBAMA], [person("М. Обама")])[1] == [(Kind.PERSON, "М. Обама")]


def test_newer_articles_rename_nothing_old():
    articles = [[person("Обама")], [OBAMA], [OBAMA], [person("Обама"), organisation("НАСА")]]
    newer = [[person("Мишель Обама")], [organisation("Наса")]]
    assert archive(*articles, *newer)[: len(articles)] == archive(*articles)


def test_abbreviations_that_older_articles_explain():
    fund = organisation("МВФ", "Международный валютный фонд")
    tags = archive([fund], [organisation("Международный валютный фонд")])
    assert tags[1] == [(Kind.ORGANISATION, "МВФ")]


def test_the_oldest_spelling_and_kind_stay():
    tags = archive(
        [organisation("Русская православная церковь")],
        [organisation("Русская Православная Церковь", kind=Kind.PLACE)],
    )
    assert tags[1] == tags[0]


def test_tags_that_become_one_are_one():
    ledger = Ledger()
    for _ in range(2):
        ledger.add(clues([OBAMA]))
    tags = joined([person("Обама", (5, 9)), person("Барак Обама", (0, 4))], ledger.older)
    assert tags == [(Kind.PERSON, "Барак Обама", (Mention(0, 4), Mention(5, 9)))]


def test_editors_have_the_last_word():
    def edit(tag):
        return None if tag.name == "СМИ" else tag._replace(name=tag.name.upper())

    tags = joined([organisation("СМИ"), organisation("Тасс")], Ledger().older, edit)
    assert [tag.name for tag in tags] == ["ТАСС"]


def test_clues_are_those_of_the_article_alone():
    assert clues([OBAMA]) == clues([OBAMA, person("Обама")])
    assert [clue.name for clue in clues([OBAMA])] == ["Барак Обама"]
