-- Rules that never match: rules that are switched on and caught nothing for thirty days.
SELECT known.rule, known.owner, known.error, known.query
FROM rules AS known
LEFT JOIN matches AS caught
  ON caught.rule = known.rule AND caught.day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
WHERE known.day = (SELECT max(day) FROM rules) AND caught.rule IS NULL
ORDER BY known.rule
