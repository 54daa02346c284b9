-- What came in on a day (UTC), newest first, published and rejected alike.
SELECT processed_at, outcome, reason, title, topic, site, document_id
FROM "clipwire-records"."by-day"
WHERE processed_on = '2026-01-01'
ORDER BY processed_at DESC
