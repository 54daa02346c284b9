-- The text of each published record, with what a list of findings shows. A text past 350 KB has its opening only.
-- `terms` has each word once, as searches compare words, and ` site:word ` and the like for the words of other fields.
SELECT
  document_id, timeline_at, processed_at, site, topic, language, url, title, standfirst, text, terms,
  topic_slugs AS topics, people, organisations, places
FROM record_rows
WHERE outcome = 'published' AND text IS NOT NULL
ORDER BY processed_at DESC, document_id
