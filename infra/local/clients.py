"""boto3 clients that can reach the emulator only."""

from typing import Any

import boto3
from botocore.config import Config

from infra.local.environment import ACCESS_KEY, REGION, SECRET_KEY, endpoint

_CONFIG = Config(
    proxies={},
    connect_timeout=5,
    read_timeout=60,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=32,
)


def session() -> boto3.Session:
    """Credentials of the emulator's root; nothing of the user's own settings is read for them."""
    return boto3.Session(aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY, region_name=REGION)


def client(service: str, port: int) -> Any:  # noqa: ANN401  # whichever service is asked for
    return session().client(service, endpoint_url=endpoint(port), config=suited(_CONFIG, service))


def suited(config: Config, service: str) -> Config:
    """Signs S3's forms by version 4 too: S3 takes no older signature for objects under a customer's key."""
    return config.merge(Config(signature_version="s3v4")) if service == "s3" else config
