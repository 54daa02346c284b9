-- All that is known of one document.
SELECT *
FROM "clipwire-records"
WHERE document_id = '00000000000000000000000000000000'
