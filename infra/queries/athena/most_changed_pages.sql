-- Most changed pages: how many versions each page had, with the title of its record as it stands.
SELECT counted.versions, records.site, records.title, counted.document_id
FROM (
  SELECT document_id, count(*) AS versions
  FROM history
  WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
  GROUP BY 1
  HAVING count(*) > 1
) AS counted
JOIN records
  ON records.document_id = counted.document_id
  AND records.day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar)
ORDER BY versions DESC, document_id
LIMIT 100
