-- One row for each person, organisation and place of each record.
SELECT document_id, item.name AS name, item.kind AS kind, timeline_at, site, topic, language, title
FROM (SELECT *, unnest("names") AS item FROM record_rows WHERE outcome = 'published')
ORDER BY name, timeline_at DESC, document_id
