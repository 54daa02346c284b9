-- Stories by number of papers: what several sites reported, the most widely told first.
SELECT
  story_id, count(DISTINCT site) AS papers, count(*) AS articles, min(timeline_at) AS first_at,
  min_by(title, timeline_at) AS first_title
FROM stories
WHERE day >= CAST(CAST(current_date - INTERVAL '7' DAY AS date) AS varchar)
GROUP BY 1
ORDER BY papers DESC, articles DESC, first_at, story_id
LIMIT 100
