from functions.enrich.rule_cache import MAX_CACHE_SECONDS, MAX_REPORTED_RULES, RuleCache
from shared.domain.documents import Article, Enrichment
from shared.domain.errors import Transient
from shared.domain.rules import MAX_LISTED_BYTES, MAX_LISTED_RULES, Rule
from tests.fakes import FakeRules
from tests.pipeline import Clock

ARTICLE = Article(title="Oil rises", text="Crude oil rose on Monday.")


def book(*rules: Rule) -> tuple[RuleCache, FakeRules, Clock]:
    clock = Clock(1000.0)
    store = FakeRules({rule.name: rule for rule in rules})
    return RuleCache(store, clock), store, clock


def told(rules: RuleCache) -> list[str]:
    return [match.rule for match in rules.add_matches(ARTICLE, Enrichment()).rules]


def test_rules_are_read_once_for_many_documents() -> None:
    rules, store, _ = book(Rule(name="oil", query="oil"))
    assert told(rules) == told(rules) == ["oil"]
    assert store.readings == 1


def test_a_change_takes_effect_within_a_minute() -> None:
    rules, store, clock = book(Rule(name="oil", query="oil"))
    assert told(rules) == ["oil"]
    store.save(Rule(name="monday", query="monday"))
    store.save(Rule(name="oil", query="oil", enabled=False))
    clock.seconds += MAX_CACHE_SECONDS
    assert MAX_CACHE_SECONDS <= 30
    assert told(rules) == ["monday"]


def test_unchanged_rules_are_not_prepared_again() -> None:
    rules, _, clock = book(Rule(name="oil", query="oil"))
    before = rules.current()
    clock.seconds += MAX_CACHE_SECONDS
    assert rules.current() is before


def test_a_bad_rule_is_marked_in_its_table_and_cleared_once_mended() -> None:
    rules, store, clock = book(Rule(name="bad", query="oil AND"), Rule(name="oil", query="oil"))
    assert told(rules) == ["oil"]
    assert store.rules["bad"].error == "column 8: something is missing at the end"
    store.rules["bad"] = store.rules["bad"].model_copy(update={"query": "oil AND monday"})
    clock.seconds += MAX_CACHE_SECONDS
    assert told(rules) == ["bad", "oil"]
    assert store.rules["bad"].error is None


def test_a_rule_with_an_impossible_name_is_marked_too() -> None:
    rules, store, _ = book(Rule(name="#1", query="oil"))
    assert told(rules) == []
    assert "begins with a letter" in store.rules["#1"].error


def test_a_document_lists_as_many_rules_as_there_is_room_for_and_counts_the_rest() -> None:
    rules, _, _ = book(*(Rule(name=f"rule {number:04}", query="oil") for number in range(MAX_LISTED_RULES + 3)))
    watched = rules.add_matches(ARTICLE, Enrichment())
    assert [match.rule for match in watched.rules] == [f"rule {number:04}" for number in range(MAX_LISTED_RULES)]
    assert watched.rules_unlisted == 3


def test_long_names_take_the_room_of_several() -> None:
    rules, _, _ = book(*(Rule(name=f"{number:04} {'規' * 59}", query="oil") for number in range(1000)))
    watched = rules.add_matches(ARTICLE, Enrichment())
    assert sum(len(match.rule.encode()) for match in watched.rules) <= MAX_LISTED_BYTES
    assert len(watched.rules) + watched.rules_unlisted == 1000


class Unmarkable(FakeRules):
    def mark(self, rule: Rule, error: str | None) -> None:
        raise Transient(f"throttled: {rule.name}, {error}")


def test_a_mark_that_cannot_be_written_holds_no_document_up() -> None:
    store = Unmarkable({"bad": Rule(name="bad", query="("), "oil": Rule(name="oil", query="oil")})
    assert told(RuleCache(store)) == ["oil"]


def test_many_bad_rules_are_marked_a_few_at_a_time() -> None:
    rules, store, clock = book(*(Rule(name=f"bad {number:03}", query="(") for number in range(MAX_REPORTED_RULES + 5)))
    rules.current()
    assert sum(rule.error is not None for rule in store.rules.values()) == MAX_REPORTED_RULES
    clock.seconds += MAX_CACHE_SECONDS
    rules.current()
    assert all(rule.error for rule in store.rules.values())
