"""Events that services themselves put on the default bus."""

import json
from typing import Any

from ministack.core.responses import new_uuid, set_request_account_id, set_request_region
from ministack.services import eventbridge

from .account import ACCOUNT, REGION
from .clock import Clock


def send_event(clock: Clock, source: str, detail_type: str, resource: str, detail: dict[str, Any]) -> None:
    """Puts an event of a service on the default bus, which takes none from `aws.` sources by PutEvents."""
    set_request_account_id(ACCOUNT)
    set_request_region(REGION)
    eventbridge._dispatch_event({
        "EventId": new_uuid(),
        "Source": source,
        "DetailType": detail_type,
        "Detail": json.dumps(detail),
        "EventBusName": "default",
        "Time": int(clock.now()),
        "Resources": [resource],
        "Account": ACCOUNT,
        "Region": REGION,
    })
