-- Rules that are skipped because of a fault in their query, with its place. Correct the query and the mark goes within a minute.
SELECT name, query, error, owner
FROM "clipwire-rules"
WHERE attribute_exists(error)
