"""AWS::EC2::* that ministack lacks: rules of a security group by themselves, and flow logs."""

import secrets
from typing import Any

from ministack.services import cloudwatch_logs, ec2
from ministack.services.cloudformation import provisioners

from .api_type import Created


def _rule(direction: str) -> dict[str, Any]:
    """Handlers of SecurityGroupIngress (`IpPermissions`) or -Egress (`IpPermissionsEgress`)."""
    def create(_logical_id: str, properties: dict[str, Any], _stack: str) -> Created:
        group = ec2._security_groups.get(properties["GroupId"])
        if group is None:
            raise ValueError(f"The security group '{properties['GroupId']}' does not exist")
        group.setdefault(direction, []).extend(provisioners._ec2_sg_permissions([properties]))
        rule = f"sgr-{secrets.token_hex(9)[:17]}"
        return rule, {"Id": rule}

    def delete(_physical_id: str, properties: dict[str, Any]) -> None:
        group = ec2._security_groups.get(properties["GroupId"])
        for permission in provisioners._ec2_sg_permissions([properties]):
            if group is not None and permission in group.get(direction, []):
                group[direction].remove(permission)

    return {"create": create, "delete": delete}


def _create_flow_log(_logical_id: str, properties: dict[str, Any], _stack: str) -> Created:
    known = {"VPC": ec2._vpcs, "Subnet": ec2._subnets}[properties["ResourceType"]]
    if properties["ResourceId"] not in known:
        raise ValueError(f"The {properties['ResourceType']} '{properties['ResourceId']}' does not exist")
    group = properties.get("LogGroupName")
    if group is not None and group not in cloudwatch_logs._log_groups:
        raise ValueError(f"The log group '{group}' does not exist")
    flow_log = f"fl-{secrets.token_hex(9)[:17]}"
    return flow_log, {"Id": flow_log}


def _keep_flow_log(physical_id: str, _old: dict[str, Any], _new: dict[str, Any], _stack: str) -> Created:
    """Only tags can change in place; the rest replaces it."""
    return physical_id, {"Id": physical_id}


NETWORK_TYPES: dict[str, dict[str, Any]] = {
    "AWS::EC2::SecurityGroupIngress": _rule("IpPermissions"),
    "AWS::EC2::SecurityGroupEgress": _rule("IpPermissionsEgress"),
    "AWS::EC2::FlowLog": {"create": _create_flow_log, "update": _keep_flow_log, "delete": lambda _physical_id, _properties: None},
}
"""Their handlers."""

NETWORK_REPLACING = {
    "AWS::EC2::FlowLog": ("DeliverLogsPermissionArn", "LogDestination", "LogDestinationType", "LogFormat", "LogGroupName",
                          "MaxAggregationInterval", "ResourceId", "ResourceType", "TrafficType"),
    "AWS::EC2::SecurityGroupIngress": ("CidrIp", "CidrIpv6", "Description", "FromPort", "GroupId", "IpProtocol", "SourcePrefixListId",
                                       "SourceSecurityGroupId", "ToPort"),
    "AWS::EC2::SecurityGroupEgress": ("CidrIp", "CidrIpv6", "Description", "DestinationPrefixListId", "DestinationSecurityGroupId",
                                      "FromPort", "GroupId", "IpProtocol", "ToPort"),
}
"""Properties whose change replaces the resource."""
