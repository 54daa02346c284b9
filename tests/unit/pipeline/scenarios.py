"""Lives of documents, told as deliveries to the stages: what the fault test fails at every call."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from functions.enrich.record import published_record
from functions.extract.s3_events import S3Notification
from functions.reconcile.notification import notification
from shared.after_write import announcement_of, note_outcome
from shared.domain.digests import Digest
from shared.domain.documents import Article, Enrichment, Record
from shared.domain.errors import Reason, Rejected
from shared.domain.rules import Rule
from shared.times import iso_utc
from tests.pipeline import BUCKET, Pipeline

KEY = "incoming/a.html"
DAY = 86_400
MOST_BYTES = (
    2_500  # what a message or an item takes here: the real limits would make each long text cost a tenth of a second
)
LONG = 3_000  # letters: more than that
STORY = "5" * 32
OTHER_STORY = "6" * 32
Deliver = Callable[[str, object], None]
"""Gives a stage, by its name, a message, and again until it is done with it."""


def instant_article(body: bytes, _url: str | None) -> Article:
    """Extraction is not what is tested: a body is its own article, `long …` a long one, and `reject` never works."""
    said = body.decode()
    if said == "reject":
        raise Rejected(Reason.NO_ARTICLE, "made to be rejected")
    text = f"The council voted on {said} today."
    return Article(title=said, text=text.ljust(LONG, "x") if said.startswith("long") else text)


def better_article(body: bytes, url: str | None) -> Article:
    """What better code finds: something else in every page, also in one that was rejected."""
    if body == b"reject":
        return Article(title="found at last", text="The council voted after all.")
    article = instant_article(body, url)
    return article.model_copy(update={"title": f"{article.title}, better", "text": f"Better. {article.text}"})


def shorter_article(body: bytes, url: str | None) -> Article:
    """What other code makes of a long text: a short one."""
    return Article(title=instant_article(body, url).title, text="Cut short.")


def stricter_article(_body: bytes, _url: str | None) -> Article:
    raise Rejected(Reason.STUB, "refused by other code")


def instant_enrichment(article: Article) -> Enrichment:
    return Enrichment(summary=article.title)


def story_record(line: Pipeline, key: str, said: str, **fields: Any) -> Record:
    """A version of a page as enrich would record it in the story `bridge`, with its page in the bucket."""
    source = line.put(key, said.encode()).source
    article = instant_article(said.encode(), None)
    record = published_record(source, article, Enrichment(), iso_utc(line.clock()))
    return record.model_copy(update={"story_id": STORY, "site": key, "topics": ["disaster"], **fields})


def record_it(line: Pipeline, record: Record) -> None:
    """As enrich or extract does it, but for what notify does not see."""
    note_outcome(line.history, record, line.ledger.write(record))


class Life:
    """A pipeline with instant stages, and what may happen to documents in it."""

    def __init__(self, deliver: Deliver, line: Pipeline) -> None:
        self._deliver, self.line = deliver, line
        self.heard = True
        self.copies = False
        line.extract = replace(line.extract, article_of=instant_article, max_inline_bytes=MOST_BYTES)
        line.enrich = replace(line.enrich, enrichment_of=instant_enrichment, max_record_bytes=MOST_BYTES)

    def use(self, article_of: Callable[[bytes, str | None], Article]) -> None:
        self.line.extract = replace(self.line.extract, article_of=article_of)

    def end(self) -> None:
        """All that still waits; where events were lost, the bucket is compared with the ledger once more."""
        self.work()
        if not self.heard:
            self.reconcile()
        if self.copies:  # twice: what fails at one turn is made up for at the next
            self.export()
            self.export()

    def upload(self, said: str, key: str = KEY, *, quiet: bool = False) -> None:
        self.extract(said, key, quiet=quiet)
        self.work()

    def extract(self, said: str, key: str = KEY, *, quiet: bool = False) -> None:
        """An upload as far as the articles queue."""
        self._deliver("extract", self.line.put(key, said.encode(), quiet=quiet))

    def remove(self, key: str = KEY) -> None:
        self._deliver("extract", self.line.delete(key))
        self.work()

    def reprocess(self, key: str = KEY) -> None:
        self._deliver("extract", self.line.reprocess_event(key))
        self.work()

    def tell(self, key: str, said: str, **fields: Any) -> None:
        """A version that is recorded in one story, by whatever joins stories, as far as its alert."""
        self.line.clock.seconds += 1
        record = story_record(self.line, key, said, **fields)
        record_it(self.line, record)
        self._deliver("notify", announcement_of(record))

    def tick(self, seconds: int) -> None:
        """So much later the digests that are due are sent."""
        self.line.clock.seconds += seconds
        self._deliver("digest", None)

    def work(self) -> None:
        """What waits in the queues, through the stages."""
        while self.line.handoff.articles:
            self._deliver("enrich", self.line.handoff.articles.pop(0))
        while self.line.handoff.announcements:
            self._deliver("notify", self.line.handoff.announcements.pop(0))

    def export(self) -> None:
        """A turn of the export, an hour after what was there before."""
        self.line.clock.seconds += 3_600
        self._deliver("export", None)

    def reconcile(self) -> None:
        self.line.clock.seconds += 8 * DAY
        self._deliver("reconcile", None)
        sent = list(self.line.changes.sent)
        self.line.changes.sent.clear()
        for finding in sent:
            body = notification(BUCKET, finding, self.line.clock())
            for change in S3Notification.model_validate_json(body).changes:
                self._deliver("extract", change)
        self.work()


def a_page_is_published_changed_and_changed_back(life: Life) -> None:
    for said in ("bridge open", "bridge closed", "bridge closed", "bridge open"):
        life.upload(said)


def rules_catch_a_page_and_no_longer_do(life: Life) -> None:
    life.line.rules.save(Rule(name="bridges", query="bridge"))
    life.line.rules.save(Rule(name="broken", query="bridge AND ("))
    life.upload("bridge open")
    life.upload("tunnel open")
    life.upload("bridge closed")
    life.line.rules.remove("bridges")
    life.upload("bridge open again")


def a_page_is_deleted_and_comes_back(life: Life) -> None:
    life.line.rules.save(Rule(name="bridges", query="bridge"))
    life.upload("bridge open")
    life.remove()
    life.upload("bridge open")
    life.remove()


def a_page_is_rejected_and_comes_back(life: Life) -> None:
    life.line.rules.save(Rule(name="bridges", query="bridge"))
    for said in ("reject", "bridge open", "reject", "bridge closed"):
        life.upload(said)


def a_long_text_is_replaced_and_deleted(life: Life) -> None:
    for said in ("long one", "long two", "short", "long three", "reject", "long four"):
        life.upload(said)
    life.remove()


def documents_run_again_by_better_code(life: Life) -> None:
    life.line.rules.save(Rule(name="better", query="better"))
    for said, key in (("bridge open", "a"), ("long one", "b"), ("reject", "c")):
        life.upload(said, key)
    life.use(better_article)
    for key in "abc":
        life.reprocess(key)
        life.reprocess(key)
    life.use(shorter_article)
    life.reprocess("b")
    life.use(better_article)
    life.reprocess("b")
    life.use(stricter_article)
    life.reprocess("a")
    life.reprocess("b")


def an_article_waits_until_its_page_is_gone_and_forgotten(life: Life) -> None:
    """The tombstone and all that is known expire before a message that was parked comes back."""
    line = life.line
    life.extract("witness named")
    life.extract("witness named elsewhere", "incoming/other")
    parked = list(line.handoff.articles)
    line.handoff.articles.clear()
    life.remove()
    line.clock.seconds += 40 * DAY
    line.ledger.records.clear()
    line.handoff.articles += parked
    life.work()


def days_are_copied_while_pages_change_and_go(life: Life) -> None:
    life.copies = True
    for key in "ab":
        life.upload("reject", key)
    life.export()
    life.line.clock.seconds += DAY
    life.upload("bridge open", "a")
    life.remove("b")


def events_are_lost_and_made_up_for(life: Life) -> None:
    line, life.heard = life.line, False
    life.upload("to be changed", "incoming/changed")
    life.upload("to be removed", "incoming/removed")
    line.put("incoming/missing", b"never heard of")
    line.put("incoming/changed", b"changed unheard")
    line.delete("incoming/removed")
    life.reconcile()
    life.reconcile()


def an_archive_is_imported_without_alerts(life: Life) -> None:
    life.upload("bridge open", quiet=True)
    life.upload("bridge closed")
    life.upload("bridge mended", quiet=True)
    life.use(better_article)
    life.reprocess()


def three_papers_tell_one_story_and_one_corrects_it(life: Life) -> None:
    """The copy is silent, the third paper has another number, and the first puts its own right."""
    life.tell("first", "bridge falls", numbers=["12 wounded"])
    life.tell("copy", "bridge falls", numbers=["12 wounded"])
    life.tell("third", "bridge falls", numbers=["14 wounded"], topics=["disaster", "crime"])
    life.tell("first", "bridge has fallen", numbers=["14 wounded"])
    life.tell("first", "bridge has fallen.", numbers=["14 wounded"])


def a_told_page_of_a_story_is_withdrawn_and_comes_back(life: Life) -> None:
    life.tell("first", "bridge falls")
    life.tell("copy", "bridge falls")
    life.remove("first")
    life.tell("third", "bridge falls")
    life.tell("first", "bridge falls")


def more_stories_than_an_hour_may_have(life: Life) -> None:
    life.line.views.ask("everything", "topic:disaster@page 3")
    for number in range(4):
        life.tell(f"page {number}", f"bridge {number} falls", story_id=f"{number:032}")
    life.tick(3_600)
    life.tell("copy", "bridge 3 falls", story_id=f"{3:032}")


def english_article(body: bytes, url: str | None) -> Article:
    """In the language in which stories are judged; enough words for copies to be told from others."""
    article = instant_article(body, url)
    more = "Three people of Port Cassel, 24, 31 and 45, were seen on Harrow Street at 2:40 a.m. with Marta Oyelaran."
    return article.model_copy(update={"language": "en", "text": f"{article.text} {more} {article.title}."})


def copies_share_a_story(life: Life) -> None:
    """The second copy is published, changed and rejected, and the first deleted."""
    life.use(english_article)
    life.upload("breakwater of Velden rebuilt", "a")
    life.upload("breakwater of Velden rebuilt", "b")
    life.upload("breakwater of Velden rebuilt at last", "b")
    life.remove("a")
    life.upload("reject", "b")


def a_digest_tells_what_its_view_was_told(life: Life) -> None:
    life.line.digests.save(Digest(name="daily", views=["topic:disaster"], begun_at=iso_utc(life.line.clock())))
    life.tell("first", "bridge falls")
    life.tell("copy", "bridge falls")
    life.tell("gone", "tunnel floods", story_id=OTHER_STORY)
    life.remove("gone")
    life.tick(DAY)
    life.tick(DAY)
    life.tell("first", "bridge has fallen", numbers=["12 wounded"])
    life.tick(DAY)


SCENARIOS: Mapping[str, Callable[[Life], None]] = {
    scenario.__name__: scenario
    for scenario in (
        a_page_is_published_changed_and_changed_back,
        rules_catch_a_page_and_no_longer_do,
        a_page_is_deleted_and_comes_back,
        a_page_is_rejected_and_comes_back,
        a_long_text_is_replaced_and_deleted,
        documents_run_again_by_better_code,
        an_article_waits_until_its_page_is_gone_and_forgotten,
        events_are_lost_and_made_up_for,
        days_are_copied_while_pages_change_and_go,
        an_archive_is_imported_without_alerts,
        three_papers_tell_one_story_and_one_corrects_it,
        a_told_page_of_a_story_is_withdrawn_and_comes_back,
        more_stories_than_an_hour_may_have,
        copies_share_a_story,
        a_digest_tells_what_its_view_was_told,
    )
}
