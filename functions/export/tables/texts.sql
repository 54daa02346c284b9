-- The text of each published record, with what a list of findings shows. A text past 350 KB has its opening only.
SELECT document_id, timeline_at, site, topic, language, url, title, standfirst, text
FROM record_rows
WHERE outcome = 'published' AND text IS NOT NULL
ORDER BY timeline_at DESC, document_id
