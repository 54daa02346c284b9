-- The rules that are switched on, as they were when the day was last written; only today's files have them.
SELECT name AS rule, owner, query, error
FROM rule_rows
ORDER BY rule
