"""The 17 top-level IPTC Media Topics by the slugs that the table, filters and rules use."""

TOPIC_SLUGS = (
    "arts", "conflict", "crime", "disaster", "economy", "education", "environment", "health", "human-interest",
    "labour", "lifestyle", "politics", "religion", "science", "society", "sport", "weather",
)  # fmt: skip
