"""The one file that makes AWS clients. They are made at a function's first event, then kept for its warm life."""

from functools import cache
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

_CONFIG = Config(connect_timeout=3, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4})


@cache
def s3() -> "S3Client":
    client: S3Client = boto3.client("s3", config=_CONFIG)
    return client


@cache
def dynamodb() -> "DynamoDBClient":
    client: DynamoDBClient = boto3.client("dynamodb", config=_CONFIG)
    return client


@cache
def sqs() -> "SQSClient":
    client: SQSClient = boto3.client("sqs", config=_CONFIG)
    return client


@cache
def sns() -> "SNSClient":
    """Publishing is not retried by the client: a lost answer must not send an alert twice within one attempt."""
    client: SNSClient = boto3.client(
        "sns", config=_CONFIG.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))
    )
    return client
