"""Alarms: evaluated as CloudWatch does, told to EventBridge when they change."""

import json
import re
from datetime import datetime, timezone
from typing import Any

from ministack.core.responses import set_request_account_id, set_request_region
from ministack.services import cloudwatch
from ministack.services.cloudformation import provisioners

from ..account import ACCOUNT, REGION
from ..clock import Clock, ClockedTime
from ..events import send_event
from .evaluation import alarm_state
from .metric_data import refusals


SUM = re.compile(r"\w+( \+ \w+)*")
"""The expressions that are played."""


class Alarms:
    """Takes over ministack's alarms, which know neither dimensions nor missing data and send no event."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._put_metric_data = cloudwatch._put_metric_data
        self._notify = cloudwatch._dispatch_alarm_actions
        self._record = provisioners._cw_metric_alarm_record
        provisioners._cw_metric_alarm_record = self._recorded
        cloudwatch.time = ClockedTime(clock)
        cloudwatch._put_metric_data = self._put
        cloudwatch._evaluate_alarm = self._evaluate
        cloudwatch._dispatch_alarm_actions = self._changed

    def evaluate(self) -> None:
        """Evaluates all, as CloudWatch does every minute."""
        set_request_account_id(ACCOUNT)
        set_request_region(REGION)
        for alarm in list(cloudwatch._alarms.values()):
            self._evaluate(alarm)

    def _put(self, params: dict[str, Any], request: dict[str, Any], is_cbor: bool, is_json: bool = False) -> Any:
        refused = "; ".join(refusals(request, self._clock.now()))
        if refused:
            return cloudwatch._error("InvalidParameterValue", refused, 400, use_json=is_json, use_cbor=is_cbor)
        return self._put_metric_data(params, request, is_cbor, is_json)

    def _recorded(self, name: str, properties: dict[str, Any]) -> dict[str, Any]:
        """ministack refuses metric math: the record is that of the first metric, with the queries beside it."""
        queries = properties.get("Metrics")
        if not queries:
            return self._record(name, properties)
        first = next(query["MetricStat"] for query in queries if "MetricStat" in query)
        single = {key: value for key, value in properties.items() if key != "Metrics"}
        single |= {**first["Metric"], "Period": first["Period"], "Statistic": first["Stat"]}
        return self._record(name, single) | {"Metrics": queries}

    def _evaluate(self, alarm: dict[str, Any]) -> None:
        previous = alarm["StateValue"]
        state, values = alarm_state(alarm, _points(alarm), self._clock.now())
        if state == previous:
            return
        reason = (f"Threshold Crossed: {len(values)} datapoint(s) {values} "
                  f"against the threshold ({alarm['Threshold']}, {alarm['ComparisonOperator']})")
        alarm.update(StateValue=state, StateReason=reason, StateUpdatedTimestamp=int(self._clock.now()))
        cloudwatch._record_history(alarm["AlarmName"], previous, state, reason)
        cloudwatch._dispatch_alarm_actions(alarm, previous, state, reason)
        cloudwatch._evaluate_parent_alarms(alarm)

    def _changed(self, alarm: dict[str, Any], previous: str, state: str, reason: str) -> None:
        self._notify(alarm, previous, state, reason)
        timestamp = datetime.fromtimestamp(self._clock.now(), timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
        send_event(self._clock, "aws.cloudwatch", "CloudWatch Alarm State Change", alarm["AlarmArn"], {
            "alarmName": alarm["AlarmName"],
            "state": {"value": state, "reason": reason, "reasonData": json.dumps({"version": "1.0"}), "timestamp": timestamp},
            "previousState": {"value": previous, "timestamp": timestamp},
            "configuration": _configuration(alarm),
        })


def _points(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    """Of metric math, a sum of counts is played: that is the count of all points."""
    queries = alarm.get("Metrics")
    if queries is None:
        return _data(alarm)
    expressions = [query["Expression"] for query in queries if "Expression" in query]
    stats = [query["MetricStat"] for query in queries if "MetricStat" in query]
    if [*map(SUM.fullmatch, expressions)].count(None) or {stat["Stat"] for stat in stats} != {"SampleCount"}:
        raise NotImplementedError(f"metric math of {alarm['AlarmName']}: {', '.join(expressions)}")
    return [point for stat in stats for point in _data(stat["Metric"])]


def _data(metric: dict[str, Any]) -> list[dict[str, Any]]:
    dimensions = cloudwatch._dims_from_list(metric.get("Dimensions", []))
    return cloudwatch._metrics.get((metric["Namespace"], metric["MetricName"], cloudwatch._dims_key(dimensions))) or []


def _configuration(alarm: dict[str, Any]) -> dict[str, Any]:
    """A composite alarm's event carries its rule only."""
    if "AlarmRule" in alarm:
        return {"alarmRule": alarm["AlarmRule"]}
    metric = {
        "namespace": alarm["Namespace"], "name": alarm["MetricName"],
        "dimensions": cloudwatch._dims_from_list(alarm.get("Dimensions", [])),
    }
    return {"metrics": [{"id": "m1", "metricStat": {"metric": metric, "period": alarm["Period"], "stat": alarm["Statistic"]}, "returnData": True}]}
