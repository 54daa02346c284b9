-- One row for each topic of each record; `is_first` marks the record's main one.
SELECT document_id, item.topic AS topic, item.score AS score, item.is_first AS is_first, timeline_at, site, language
FROM (SELECT *, unnest(topics) AS item FROM record_rows WHERE outcome = 'published')
ORDER BY topic, timeline_at DESC, document_id
