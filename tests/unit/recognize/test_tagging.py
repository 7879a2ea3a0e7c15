from newsgen.config import TagRules
from newsgen.model import Tag
from newsgen.recognize.article_text import make_article_text
from newsgen.recognize.entity_cache import dump_entities, load_entities
from newsgen.recognize.protocol import Entity, Mention
from newsgen.recognize.tagging import entities_to_tags, merge_tags

CHINA = Tag("place", "Китай", 2, (5, 10), ("КНР",))
PUTIN = Tag("person", "Владимир Путин", 1, (20, 34))


def test_recognized_tags_follow_own_tags() -> None:
    own = [Tag("topic", "Дипломатия")]
    assert merge_tags(own, [CHINA, PUTIN], TagRules(), "a.txt") == (*own, CHINA, PUTIN)


def test_own_tag_keeps_its_name_and_kind() -> None:
    (tag,) = merge_tags([Tag("topic", "КИТАЙ")], [CHINA], TagRules(), "a.txt")
    assert (tag.kind, tag.name, tag.mentions) == ("topic", "КИТАЙ", 0)
    assert tag.span == CHINA.span


def test_rules_do_not_change_own_tags() -> None:
    rules = TagRules(
        names={"китай": "КНР"}, kinds={"китай": "place", "кнр": "place"}, never={"китай": None}
    )
    own = (Tag("topic", "Китай"),)
    assert merge_tags(own, [], rules, "a.txt") == own


def test_aliases_merge_tags() -> None:
    rules = TagRules(names={"путин": "Владимир Путин"})
    found = [Tag("person", "Путин", 3, (2, 7)), PUTIN]
    (tag,) = merge_tags((), found, rules, "a.txt")
    assert tag == Tag("person", "Владимир Путин", 4, (2, 7), ("Путин",))


def test_split_depends_on_the_file() -> None:
    rules = TagRules(
        splits={"китай": (("Китай (город)", ("2020/*",)), ("Китай (страна)", ("b*",)))}
    )
    names = [
        merge_tags((), [CHINA], rules, source)[0].name
        for source in ("2020/a.txt", "b.txt", "c.txt")
    ]
    assert names == ["Китай (город)", "Китай (страна)", "Китай"]


def test_never_matches_old_and_new_name_and_kinds_prefer_the_new() -> None:
    for name in ("китай", "кнр"):
        assert not merge_tags((), [CHINA], TagRules({"китай": "КНР"}, never={name: None}), "a.txt")
    rules = TagRules({"китай": "КНР"}, kinds={"кнр": "organization", "китай": "topic"})
    assert merge_tags((), [CHINA], rules, "a.txt")[0].kind == "organization"


def test_first_linkable_mention_is_linked() -> None:
    text = make_article_text("Китай", '<h2>Китай</h2><p><a href="x">Китай</a>, Китай, Китай</p>')
    places = [at for at in range(len(text.text)) if text.text.startswith("Китай", at)]
    mentions = tuple(Mention(at, at + 5) for at in places)
    entity = Entity("place", "Китай", (), mentions)
    (tag,) = entities_to_tags([entity], text)
    assert tag.mentions == 5
    assert tag.span == (places[3] - text.body_start, places[3] + 5 - text.body_start)
    indirect = entity.__class__(
        "place", "Китай", (), (Mention(places[4], places[4] + 5, indirect=True),)
    )
    assert entities_to_tags([indirect], text)[0].span is None


def test_entities_survive_the_cache() -> None:
    entity = Entity(
        "organization", "ШОС", ("Шанхайская",), (Mention(1, 4), Mention(7, 9, indirect=True))
    )
    assert load_entities(dump_entities((entity,))) == (entity,)
