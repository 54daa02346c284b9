-- All that came in on a day and names an organisation; ask once for each day of the week.
SELECT processed_at, title, topic, url, document_id
FROM "clipwire-records"."by-day"
WHERE processed_on = '2026-01-01' AND contains(organisations, 'Ember Rivers Board')
