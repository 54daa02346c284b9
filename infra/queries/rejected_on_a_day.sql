-- Pages of a day (UTC) that could not become records, newest first, with what each told of itself. Pages that were not
-- even read as text have no title, site or language.
SELECT processed_at, reason, site, title, url, language, source_key, document_id
FROM "clipwire-records"."by-day"
WHERE processed_on = '2026-01-01' AND outcome = 'rejected'
ORDER BY processed_at DESC
