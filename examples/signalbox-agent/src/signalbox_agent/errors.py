"""How an agent's work ends other than well."""


class AgentFailure(Exception):
    """Fails the task with this sentence, which people read."""


class AgentRejection(Exception):
    """Rejects the task with this sentence: it is not for this agent."""


class QuestionExpired(AgentFailure):
    """Nobody answered in time, and the question has no default."""


class QuestionDeclined(AgentFailure):
    """Somebody said that they will not answer, and the question has no default."""
