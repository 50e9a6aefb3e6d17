"""The agent's card: what it is, where it is called, which extensions it speaks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from a2a.types.a2a_pb2 import (
    AgentCapabilities,
    AgentCard,
    AgentExtension,
    AgentInterface,
    AgentSkill,
    MutualTlsSecurityScheme,
    SecurityRequirement,
    SecurityScheme,
    StringList,
)

from .questions import QUESTIONS_URI
from .reports import PROGRESS_URI


@dataclass(frozen=True, slots=True)
class Profile:
    """What an agent says of itself."""

    name: str
    description: str
    version: str = "1.0.0"
    skills: Sequence[AgentSkill] = field(default_factory=tuple)
    input_modes: Sequence[str] = ("text/plain", "application/json")
    output_modes: Sequence[str] = ("text/plain", "application/json")


def make_card(profile: Profile, base: str, versions: Sequence[str] = ("1.0",)) -> AgentCard:
    """The card of an agent that is reached at `base`."""
    skills = list(profile.skills) or [
        AgentSkill(id=profile.name, name=profile.name, description=profile.description, tags=["agent"])
    ]
    extensions = [
        AgentExtension(uri=PROGRESS_URI, description="Says in structured form what it is doing."),
        AgentExtension(uri=QUESTIONS_URI, description="Asks with a form."),
    ]
    card = AgentCard(
        name=profile.name,
        description=profile.description,
        version=profile.version,
        supported_interfaces=[
            AgentInterface(url=base + path, protocol_binding=binding, protocol_version=version)
            for version in versions
            for binding, path in (("JSONRPC", "/a2a"), ("HTTP+JSON", "/rest"))
        ],
        capabilities=AgentCapabilities(streaming=True, extensions=extensions),
        default_input_modes=list(profile.input_modes),
        default_output_modes=list(profile.output_modes),
        skills=skills,
    )
    scheme = SecurityScheme(mtls_security_scheme=MutualTlsSecurityScheme(description="A client's certificate."))
    card.security_schemes["mtls"].CopyFrom(scheme)
    card.security_requirements.append(SecurityRequirement(schemes={"mtls": StringList()}))
    return card
