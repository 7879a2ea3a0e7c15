from newsgen.config import TagRules
from newsgen.model import Tag
from newsgen.recognize import entities
from newsgen.recognize.protocol import Entity, Kind, Mention
from newsgen.recognize.tagging import recognised_tags, tags_of

CHINA = Tag("place", "Китай", 2, (5, 10), ("КНР",))
PUTIN = Tag("person", "Владимир Путин", 1, (20, 34))


def test_what_is_recognised_stands_behind_the_articles_own_tags() -> None:
    own = [Tag("topic", "Дипломатия")]
    assert tags_of(own, [CHINA, PUTIN], TagRules(), "a.txt") == (*own, CHINA, PUTIN)


def test_an_own_tag_wins_and_keeps_its_name_and_kind() -> None:
    (tag,) = tags_of([Tag("topic", "КИТАЙ")], [CHINA], TagRules(), "a.txt")
    assert (tag.kind, tag.name, tag.mentions) == ("topic", "КИТАЙ", 0)
    assert tag.span == CHINA.span


def test_no_rule_alters_an_own_tag() -> None:
    rules = TagRules(
        names={"китай": "КНР"}, kinds={"китай": "place", "кнр": "place"}, never={"китай": None}
    )
    own = (Tag("topic", "Китай"),)
    assert tags_of(own, [], rules, "a.txt") == own


def test_aliases_join_tags() -> None:
    rules = TagRules(names={"путин": "Владимир Путин"})
    found = [Tag("person", "Путин", 3, (2, 7)), PUTIN]
    (tag,) = tags_of((), found, rules, "a.txt")
    assert tag == Tag("person", "Владимир Путин", 4, (2, 7), ("Путин",))


def test_a_split_goes_by_the_file() -> None:
    rules = TagRules(
        splits={"китай": (("Китай (город)", ("2020/*",)), ("Китай (страна)", ("b*",)))}
    )
    names_of = [
        tags_of((), [CHINA], rules, source)[0].name for source in ("2020/a.txt", "b.txt", "c.txt")
    ]
    assert names_of == ["Китай (город)", "Китай (страна)", "Китай"]


def test_never_is_asked_by_both_names_and_kinds_by_the_new_one_first() -> None:
    for name in ("китай", "кнр"):
        assert not tags_of((), [CHINA], TagRules({"китай": "КНР"}, never={name: None}), "a.txt")
    rules = TagRules({"китай": "КНР"}, kinds={"кнр": "organization", "китай": "topic"})
    assert tags_of((), [CHINA], rules, "a.txt")[0].kind == "organization"


def test_the_first_mention_that_can_be_a_link_is_linked() -> None:
    reading = entities.reading_of(
        "Китай", '<h2>Китай</h2><p><a href="x">Китай</a>, Китай, Китай</p>'
    )
    places = [at for at in range(len(reading.text)) if reading.text.startswith("Китай", at)]
    mentions = tuple(Mention(at, at + 5) for at in places)
    entity = Entity(Kind.PLACE, "Китай", (), mentions)
    (tag,) = recognised_tags([entity], reading.body, reading.start)
    assert tag.mentions == 5
    assert tag.span == (places[3] - reading.start, places[3] + 5 - reading.start)
    indirect = entity.__class__(
        Kind.PLACE, "Китай", (), (Mention(places[4], places[4] + 5, indirect=True),)
    )
    assert recognised_tags([indirect], reading.body, reading.start)[0].span is None


def test_what_was_recognised_comes_back_from_its_bytes() -> None:
    entity = Entity(
        Kind.ORGANISATION, "ШОС", ("Шанхайская",), (Mention(1, 4), Mention(7, 9, indirect=True))
    )
    assert entities.load(entities.dump((entity,))) == (entity,)
