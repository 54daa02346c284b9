"""The decision about one article."""

from datetime import date, timedelta

import pytest

from functions.enrich.names.find import find_names
from functions.enrich.stories.in_memory import StoriesInMemory
from functions.enrich.stories.joining import Candidate, join
from functions.enrich.stories.reading.document import StoryText, prepare_document
from functions.enrich.stories.reading.term_counts import starting_counts
from functions.enrich.text.fingerprint import fingerprint
from shared.domain.documents import opened_story_id

DAY = date(2026, 3, 2)
REPORT = (
    "Three people were wounded early Saturday when a gunman opened fire outside the Blue Lantern nightclub on Harrow "
    "Street in Port Cassel, police said. Officers were called at about 2:40 a.m. and found two men, 24 and 31, and a "
    "22-year-old woman. Detective Marta Oyelaran said that the shots followed an argument in the queue."
)
OTHER = (
    "Two teenagers were shot on Saturday evening near the bus station on Quay Road in Port Cassel, police said. The "
    "boys, 16 and 17, were walking home at about 8:15 p.m. when a car slowed down. Sergeant Paul Adeyemi said that a "
    "silver saloon was seen leaving."
)
DANISH = (
    "Byrådet i Velsund besluttede onsdag at genopbygge molen, som stormene ødelagde, for 84 millioner kroner. Staten "
    "betaler en tredjedel. Byrådsmedlem Ingrid Thorsen kaldte overslaget et eventyr. Arbejdet begynder i september. "
    "Fiskerne havde truet med at flytte deres både til Karlsby, hvis der ikke skete noget inden sommer."
)


def story_text(name: str, text: str, title: str = "Three wounded in shooting at Blue Lantern", **more) -> StoryText:
    language = more.pop("language", "en")
    known = {"names": find_names(text, language), "fingerprint": fingerprint(text), "published_on": DAY, **more}
    return StoryText(document_id=name, title=title, text=text, language=language, **known)


@pytest.fixture
def stories() -> StoriesInMemory:
    return StoriesInMemory(starting_counts("en"))


def test_a_copy_joins_the_story_of_the_first_with_its_evidence(stories):
    first, _ = stories.add(story_text("a", REPORT))
    story, joined = stories.add(story_text("b", REPORT, title="Shooting at Blue Lantern wounds three"))
    assert story == first == opened_story_id("a")
    assert (joined.band, joined.members) == ("joined", ("a",))
    assert "Oyelaran" in joined.evidence
    assert "the same day" in joined.evidence


def test_one_report_under_another_headline_joins_and_not_with_another_number(stories):
    plain = (
        "The harbour council voted on Tuesday to rebuild the northern breakwater, which storms had broken in 3 places. "
        "The work will take two summers, and fishing boats keep their berths meanwhile. Ferries will leave from the "
        "southern quay until then, and the fish market moves to the old customs house."
    )
    first, _ = stories.add(story_text("a", plain, title="Breakwater to be rebuilt"))
    copy, _ = stories.add(story_text("b", plain, title="Velden mends its wall"))
    other, _ = stories.add(story_text("c", plain.replace("3 places", "7 places"), title="Velden mends its wall"))
    assert copy == first
    assert other == opened_story_id("c")


def test_another_event_of_the_same_town_and_day_opens_its_own_story(stories):
    stories.add(story_text("a", REPORT))
    story, joined = stories.add(story_text("b", OTHER, title="Two shot near bus station"))
    assert story == opened_story_id("b")
    assert joined.band == "new"


def test_what_comes_more_than_a_week_later_is_news_again(stories):
    stories.add(story_text("a", REPORT))
    story, _ = stories.add(story_text("b", REPORT, published_on=DAY + timedelta(8)))
    assert story == opened_story_id("b")


def test_a_round_up_opens_its_own_story_and_none_joins_it(stories):
    stories.add(story_text("a", REPORT))
    roundup, _ = stories.add(story_text("b", f"{REPORT} {OTHER}", title="Weekend violence: five wounded"))
    story, _ = stories.add(story_text("c", OTHER, title="Two shot near bus station"))
    assert [roundup, story] == [opened_story_id("b"), opened_story_id("c")]


def test_one_address_is_one_story_while_it_tells_the_same(stories):
    page = "https://example.org/news/42"
    first, _ = stories.add(story_text("a", REPORT, url=page))
    same, joined = stories.add(story_text("b", f"Updated. {REPORT}", url="http://www.example.org/news/42/"))
    other, _ = stories.add(story_text("c", DANISH, title="Velden baut Mole neu", url=page, language="de"))
    assert same == first
    assert joined.evidence.startswith("the same address")
    assert other == opened_story_id("c")


FORM = (
    "{firm} is calling back its {food} because it may hold small pieces of metal. The recall is for all packs that end "
    "next month. Customers should not eat it, and take it to the store where they bought it for a full refund. No "
    "receipt is needed. The food agency has put up a notice that says why, and what customers can do. No other food of "
    "the company is known to be unsafe. The company has said sorry, and that the safety of its customers comes first."
)


@pytest.mark.parametrize("language", ["en", "sv"])
@pytest.mark.parametrize("other", [("Brekk", "rye bread"), ("Halder", "lentil soup")])
def test_a_form_with_another_name_or_other_words_is_another_story(stories, language, other):
    known = {"title": "Food called back", "language": language}
    first, _ = stories.add(story_text("a", FORM.format(firm="Halder", food="rye bread"), **known))
    second, _ = stories.add(story_text("b", FORM.format(firm=other[0], food=other[1]), **known))
    copy, _ = stories.add(story_text("c", FORM.format(firm="Halder", food="rye bread"), **known))
    assert second == opened_story_id("b")
    assert copy == first


DAILY = "Your horoscope for today"
MONDAY = (
    "Aries: A letter that you had given up on arrives before noon. Do not answer it at once; sleep on it and speak to a "
    "friend. Taurus: Money is tight, but a colleague returns what was lent. Evening hours are good for old photographs. "
    "Gemini: Two invitations clash. Choose the smaller table, where somebody listens to your plan about the garden."
)
TUESDAY = (
    "Aries: Your patience is tried by a machine that will not start. Walk instead; the river path holds a surprise. "
    "Taurus: A neighbour offers apples. Say yes, and bake. The phone call that you fear turns out to be short and kind. "
    "Gemini: Travel is under a good sign, as long as you pack light and leave the argument of last week at home."
)


@pytest.mark.parametrize("urls", [("", ""), ("https://example.org/stars", "https://example.org/stars")])
def test_two_texts_of_a_series_are_two_stories_for_all_their_headline(stories, urls):
    first, _ = stories.add(story_text("a", MONDAY, title=DAILY, url=urls[0]))
    later = DAY + timedelta(1)
    second, _ = stories.add(story_text("b", TUESDAY, title=DAILY, url=urls[1], published_on=later))
    again, _ = stories.add(story_text("c", MONDAY, title=DAILY, published_on=later))
    assert second == opened_story_id("b")
    assert again == first


def test_the_front_page_of_a_site_is_no_address_of_a_story(stories):
    stories.add(story_text("a", REPORT, url="https://example.org/"))
    story, _ = stories.add(story_text("b", OTHER, title="Two shot near bus station", url="https://example.org/"))
    assert story == opened_story_id("b")


def test_where_stories_were_not_measured_only_a_copy_joins(stories):
    first, _ = stories.add(story_text("a", DANISH, title="Velsund bygger molen op", language="da"))
    copy, _ = stories.add(story_text("b", DANISH, title="Velsund bygger molen op igen", language="da"))
    edited = DANISH.replace("84 millioner", "96 millioner")
    other, _ = stories.add(story_text("c", edited, title="Velsund bygger molen op", language="da"))
    assert copy == first
    assert other == opened_story_id("c")


def test_one_report_under_another_headline_joins_in_any_language(stories):
    first, _ = stories.add(story_text("a", DANISH, title="Velsund bygger molen op", language="da"))
    copy, _ = stories.add(story_text("b", DANISH, title="84 millioner til byens havn", language="da"))
    assert copy == first


def test_a_copy_without_a_paragraph_that_had_a_number_joins_all_the_same(stories):
    first, _ = stories.add(story_text("a", DANISH, title="Velsund bygger molen op", language="da"))
    shorter = DANISH.replace(" for 84 millioner kroner", "")
    trimmed, _ = stories.add(story_text("b", shorter, title="Velsund bygger molen op", language="da"))
    assert trimmed == first


def test_an_article_that_another_worker_still_joins_counts_as_a_story_of_its_own():
    counts = starting_counts("en")
    first, second = (prepare_document(story_text(name, REPORT), counts) for name in "ab")
    joined = join(second, [Candidate("a", None, first.sketch)], counts)
    assert (joined.band, joined.story_id, joined.members) == ("joined", None, ("a",))


def test_an_article_without_words_opens_a_story(stories):
    stories.add(story_text("a", "", title=""))
    story, joined = stories.add(story_text("b", "", title=""))
    assert story == opened_story_id("b")
    assert joined.band == "new"
