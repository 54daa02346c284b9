"""JSON-LD is read as publishers write it."""

from functions.extract.page.json_ld import JsonLd


def article(*scripts: str) -> JsonLd:
    return JsonLd(scripts)


def test_a_node_named_by_its_id_elsewhere_in_the_graph_is_resolved() -> None:
    ld = article(
        '{"@graph": [{"@type": "Article", "headline": "H", "author": {"@id": "#a"}}, {"@id": "#a", "@type": "Person", "name": "Ann Lee"}]}'
    )
    assert [ld.text(item) for item in ld.items(ld.article([], []).get("author"))] == ["Ann Lee"]


def test_the_article_of_the_page_wins_over_others() -> None:
    ld = article(
        '[{"@type": "NewsArticle", "headline": "Other"}, {"@type": "NewsArticle", "headline": "Mine", "url": "https://a.example/mine/"}]'
    )
    assert ld.article(["http://www.a.example/mine"], [])["headline"] == "Mine"


def test_entries_of_a_live_blog_are_not_the_article() -> None:
    ld = article(
        '{"@type": "LiveBlogPosting", "headline": "Live", "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "Entry"}]}'
    )
    assert ld.article([], [])["headline"] == "Live"


def test_trailing_commas_newlines_and_comments_are_forgiven() -> None:
    ld = article('<!--\n{"@type": "Article", "headline": "One\ntwo &amp; three",}\n-->')
    assert ld.text(ld.article([], []).get("headline")) == "One two & three"


def test_what_is_no_json_is_ignored() -> None:
    assert article("", "nonsense", "[" * 5000, '{"a":' * 5000).article([], []) == {}


def test_a_block_whose_quotation_marks_are_escaped_is_read() -> None:
    ld = article("{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Leeks &amp; beans&quot;}")
    assert ld.text(ld.article([], []).get("headline")) == "Leeks & beans"


def test_authors_in_a_list_inside_a_list_beside_null_are_found() -> None:
    ld = article(
        '[null, {"@type": "Article", "headline": "H", "author": [[{"name": "Ann Lee"}, {"name": "Bo Ek"}], null]}]'
    )
    assert [ld.text(item) for item in ld.items(ld.article([], [])["author"])] == ["Ann Lee", "Bo Ek"]
