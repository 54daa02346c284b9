"""The policy of a KMS key that a stack's data may be encrypted with."""

from typing import Any

from infra.stack.template import StackPlace

_USES = ["kms:Decrypt", "kms:GenerateDataKey*"]


def key_policy(place: StackPlace) -> dict[str, Any]:
    """What the parameter EncryptionKeyArn needs: each service may use the key, for this account and stack alone.

    DynamoDB, SQS, Lambda and S3's reads and writes use the key with the rights of whoever calls them: the first
    statement lets the account's own policies, and so the stack's roles, count.
    """
    account = {"StringEquals": {"aws:SourceAccount": place.account}}
    bucket = place.substitute("arn:${AWS::Partition}:s3:::${AWS::StackName}-pages-${AWS::AccountId}-${AWS::Region}")
    logs = place.substitute(
        "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/lambda/${AWS::StackName}-*"
    )
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "PoliciesOfThisAccountCount",
                "Effect": "Allow",
                "Principal": {"AWS": place.substitute("arn:${AWS::Partition}:iam::${AWS::AccountId}:root")},
                "Action": "kms:*",
                "Resource": "*",
            },
            _service("EventsOfTheBucket", "s3", {"ArnEquals": {"aws:SourceArn": bucket}, **account}),
            _service("AlertsToQueues", "sns", account),
            _service("AlarmsToTheOperators", "cloudwatch", account),
            {
                "Sid": "LogsOfTheFunctions",
                "Effect": "Allow",
                "Principal": {"Service": f"logs.{place.region}.amazonaws.com"},
                "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
                "Resource": "*",
                "Condition": {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": logs}},
            },
        ],
    }


def _service(sid: str, service: str, condition: dict[str, Any]) -> dict[str, Any]:
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": _USES,
        "Resource": "*",
        "Condition": condition,
    }
