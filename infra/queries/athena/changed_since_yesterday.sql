-- Changed since yesterday: pages that had a record and have another one now, with the fields that differ.
SELECT ended_at, outcome, reason, changed, document_id
FROM history
WHERE day >= CAST(CAST(current_date - INTERVAL '1' DAY AS date) AS varchar) AND NOT is_first
ORDER BY ended_at DESC, document_id
