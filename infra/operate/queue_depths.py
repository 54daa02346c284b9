"""How many messages wait, are in work and are parked in each stage's queues."""

from infra.stack.target import Target

QUEUES = ("Pages", "Articles", "Announcements")  # in the order of the flow, as the stack's outputs begin


def queue_depths(target: Target) -> dict[str, dict[str, int]]:
    """By queue: `waiting`, `in_work`, and `parked` in its dead-letter queue. SQS's own numbers are approximate."""
    return {name.lower(): depths_of(target, name) for name in QUEUES}


def depths_of(target: Target, queue: str) -> dict[str, int]:
    counts = message_counts(target, f"{queue}QueueUrl")
    parked = message_counts(target, f"{queue}DeadLetterQueueUrl")
    return {
        "waiting": counts["ApproximateNumberOfMessages"] + counts["ApproximateNumberOfMessagesDelayed"],
        "in_work": counts["ApproximateNumberOfMessagesNotVisible"],
        "parked": parked["ApproximateNumberOfMessages"],
    }


def message_counts(target: Target, output: str) -> dict[str, int]:
    names = [f"ApproximateNumberOfMessages{kind}" for kind in ("", "NotVisible", "Delayed")]
    answer = target.client("sqs").get_queue_attributes(QueueUrl=target.output(output), AttributeNames=names)
    return {name: int(answer["Attributes"].get(name, 0)) for name in names}
