-- The documents of one story, newest first, with what each joined by.
SELECT timeline_at, title, site, story_probability, story_evidence, document_id
FROM "clipwire-records"."by-story"
WHERE story_id = '0123456789abcdef0123456789abcdef'
ORDER BY timeline_at DESC
