-- One row for each rule that a record matched, with the sentence that did it.
SELECT document_id, item.rule AS rule, item.sentence AS sentence, timeline_at, processed_at, site, topic, title, url
FROM (SELECT *, unnest(matches) AS item FROM record_rows WHERE outcome = 'published')
ORDER BY rule, timeline_at DESC, document_id
