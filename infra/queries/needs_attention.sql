-- Pages that could not become records, newest first, each with its reason. Published records cost this index nothing.
SELECT processed_at, reason, detail, source_key, document_id
FROM "clipwire-records"."needs-attention"
WHERE attention = 'rejected'
ORDER BY processed_at DESC
