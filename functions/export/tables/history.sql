-- One row for each version that ended, on the day on which that was noted.
SELECT
  document_id, ended_at, noted_at, outcome, reason, changed, is_first, pipeline_version, alert_id, alert_kind, alerted_at
FROM history_rows
ORDER BY noted_at DESC, document_id
