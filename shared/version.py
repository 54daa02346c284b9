"""The version that every record, log line and alert carries;

`pyproject.toml` states the same and a test compares them.
"""

PIPELINE_VERSION = "0.2.0"
