"""Puts the parts together and serves them."""

import asyncio
import socket
from collections.abc import Callable
from functools import partial

import ministack.app as ministack
from hypercorn.asyncio import serve as hypercorn_serve
from hypercorn.config import Config as HypercornConfig
from ministack.core import router
from ministack.core.responses import set_request_account_id, set_request_region
from ministack.services import iam, sqs

from .account import ACCOUNT, REGION
from .activity import Activity
from .authorization import client_of_role, credentials_of_role, know_cloudwatch
from .clock import Clock, ClockedTime
from .cloudformation.types import register_types
from .cloudwatch.alarms import Alarms
from .control import Control, with_control
from .faults import Faults
from .moto_server import MotoServer
from .sagemaker.container import Commands, Container
from .sagemaker.events import StateChanges
from .sagemaker.job_runner import JobRunner
from .sagemaker.model_monitor import ModelMonitor
from .sagemaker.monitoring_schedules import MonitoringSchedules
from .sagemaker.pipeline_executions import PipelineExecutions
from .sagemaker.processing_jobs import ProcessingJobs
from .sagemaker.service import SageMaker
from .scheduler import Schedules


async def serve(listener: socket.socket, endpoint: str, commands: Commands, on_ready: Callable[[], None]) -> None:
    """Serves until the process ends."""
    moto, clock, faults = MotoServer(), Clock(), Faults()
    events = StateChanges(clock)
    container = Container(partial(client_of_role, endpoint), partial(credentials_of_role, endpoint), commands)
    jobs = ProcessingJobs(clock, _role_exists, JobRunner(clock, container, events).run)
    executions = PipelineExecutions(clock, lambda name: moto.call("sagemaker", "DescribePipeline", {"PipelineName": name}), events)
    schedules = MonitoringSchedules(clock)
    sagemaker = SageMaker(moto, faults, jobs, executions, schedules)
    ministack.SERVICE_HANDLERS["sagemaker"] = sagemaker.handle
    router.SERVICE_PATTERNS["sagemaker"] = {"target_prefixes": ["SageMaker."], "credential_scope": "sagemaker"}
    # A message that failed becomes visible again by the clock.
    sqs.time = ClockedTime(clock)
    know_cloudwatch()
    register_types(sagemaker, moto)
    activity = Activity(clock, jobs.are_under_way)
    control = Control(clock, Schedules(), Alarms(clock), executions, faults, activity, sagemaker.runtime, ModelMonitor(schedules, jobs))

    asyncio.get_running_loop().call_later(0.1, on_ready)
    await hypercorn_serve(with_control(ministack.app, control), _config(listener), shutdown_trigger=asyncio.Event().wait, mode="asgi")


def _config(listener: socket.socket) -> HypercornConfig:
    config = HypercornConfig()
    config.bind = [f"fd://{listener.fileno()}"]
    config.keep_alive_timeout = 75
    return config


def _role_exists(role_arn: str) -> bool:
    set_request_account_id(ACCOUNT)
    set_request_region(REGION)
    return any(role.get("Arn") == role_arn for role in iam._roles.values())
