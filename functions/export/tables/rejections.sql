-- One row for each page that could not become a record, with what it told of itself.
SELECT document_id, reason, detail, site, title, url, language, processed_at, source_key
FROM record_rows
WHERE outcome = 'rejected'
ORDER BY processed_at DESC, document_id
