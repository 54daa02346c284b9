-- Records that were published although extraction was not sure that the page is an article (extraction_confidence, a
-- probability, is below 0.5), newest first. The index keeps no titles: one_document.sql shows all of a record.
SELECT processed_at, source_key, document_id
FROM "clipwire-records"."needs-attention"
WHERE attention = 'doubtful'
ORDER BY processed_at DESC
