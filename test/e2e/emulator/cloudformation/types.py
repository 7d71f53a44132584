"""Adds to ministack's CloudFormation the types that it lacks."""

from ministack.services.cloudformation import provisioners

from ..moto_server import MotoServer
from ..sagemaker.service import SageMaker
from .composite_alarm import COMPOSITE_ALARM
from .network_types import NETWORK_REPLACING, NETWORK_TYPES
from .sagemaker_types import SAGEMAKER_TYPES
from .scaling_types import scaling_types


def register_types(sagemaker: SageMaker, moto: MotoServer) -> None:
    """Registers them; a type that ministack has learned meanwhile is to be taken out here."""
    added = {
        **{name: api_type.handlers(sagemaker.call) for name, api_type in SAGEMAKER_TYPES.items()},
        **NETWORK_TYPES,
        **COMPOSITE_ALARM,
        **scaling_types(moto),
    }
    known = added.keys() & provisioners._RESOURCE_HANDLERS.keys()
    if known:
        raise RuntimeError(f"ministack has handlers of its own for {', '.join(sorted(known))}: remove ours.")
    provisioners._RESOURCE_HANDLERS.update(added)
    provisioners._STACK_TAG_PROPERTY.update({name: ("Tags", "list") for name in SAGEMAKER_TYPES})
    provisioners._REPLACING_PROPERTIES.update(NETWORK_REPLACING)
    provisioners._REPLACING_PROPERTIES.update(
        {name: api_type.replacing(api_type.create_properties()) for name, api_type in SAGEMAKER_TYPES.items()})
