"""Where the emulated resources live."""

ACCOUNT = "123456789012"
REGION = "us-east-1"


def arn(service: str, resource: str) -> str:
    """ARN of a regional resource."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"
