-- Sites by rejections: whose pages could not become records, how many, what share of theirs, and one reason.
SELECT
  site, count(*) FILTER (WHERE outcome = 'rejected') AS rejected,
  round(100 * CAST(count(*) FILTER (WHERE outcome = 'rejected') AS double) / count(*), 1) AS share,
  min(reason) AS reason
FROM records
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
GROUP BY 1
HAVING count(*) FILTER (WHERE outcome = 'rejected') > 0
ORDER BY rejected DESC, site
LIMIT 100
