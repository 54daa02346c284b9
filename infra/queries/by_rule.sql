-- What a rule of your team caught, newest first, with the sentence that did it. `clipwire rules list` names the rules.
SELECT matched_at_document, title, site, sentence, url, document_id
FROM "clipwire-matches"
WHERE rule = 'north-korea' AND matched_at_document >= '2020-01-01T00:00:00Z'
ORDER BY matched_at_document DESC
