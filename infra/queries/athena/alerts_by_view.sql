-- Alerts by view: how many alerts each view's readers got on each day (UTC), of stories that they had not heard of.
SELECT CAST(alerted_at AS date) AS alerted_on, view, count(DISTINCT alert_id) AS alerts
FROM alerts
WHERE day >= CAST(CAST(current_date - INTERVAL '30' DAY AS date) AS varchar) AND view <> ''
GROUP BY 1, 2
ORDER BY alerted_on DESC, alerts DESC, view
