-- Pages that could not become records, newest first, each with its reason. What was published in doubt is the answer of
-- published_in_doubt.sql. Records that nobody needs to look at cost this index nothing.
SELECT processed_at, reason, detail, source_key, document_id
FROM "clipwire-records"."needs-attention"
WHERE attention = 'rejected'
ORDER BY processed_at DESC
