"""How large things may be: one number for all who have to agree on it, the fakes of the tests among them."""

# Bytes of a stored page, and of what it unfolds to where it is compressed: twelve times the largest of 222 real pages,
# which has 1.6 MB (decision 14).
MAX_PAGE_BYTES = 20_000_000

# Bytes of a DynamoDB item with the names of its attributes: AWS's own limit.
MAX_ITEM_BYTES = 400 * 1024

# What one field of a record takes, in characters. By judgement: several times what real pages have.
MAX_LINE_LENGTH = 1_000
MAX_LABEL_LENGTH = 200

# Bytes of an SQS message: AWS's own limit.
MAX_MESSAGE_BYTES = 1024 * 1024

# Bytes of an SNS message with its attributes: AWS's own limit.
MAX_ALERT_BYTES = 256 * 1024

# Days that SQS keeps a message, in a queue or in its dead-letter queue: AWS's own limit, and what template.yaml sets.
QUEUE_DAYS = 14

# Seconds that the claim of an alert holds: three times what notify may run (30 s), so that no worker outlives its
# claim, and half of the visibility timeout of its queue (180 s), so that a message that comes back finds the claim
# expired.
CLAIM_SECONDS = 90
