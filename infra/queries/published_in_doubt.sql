-- Records that were published although extraction was not sure that the page is an article, newest first.
-- extraction_confidence is the probability, 0 to 1, that it is one; here it is below 0.5.
SELECT processed_at, extraction_confidence, title, site, source_key, document_id
FROM "clipwire-records"."needs-attention"
WHERE attention = 'doubtful'
ORDER BY processed_at DESC
