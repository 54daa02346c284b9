-- Full text: articles that have a word or phrase in any case, newest first, with the sentence that has it.
SELECT
  timeline_at, site, topic, title,
  trim(regexp_extract(text, '(?i)(?:[^.!?\n]|[.!?]\S)*sandbags(?:[^.!?\n]|[.!?]\S)*[.!?]?')) AS sentence, document_id
FROM texts
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar) AND lower(text) LIKE '%sandbags%'
ORDER BY timeline_at DESC, document_id
LIMIT 100
