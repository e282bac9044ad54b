"""The one exception by which this project says no: a stable code and facts, never prose."""


class Refusal(Exception):  # noqa: N818  A refusal is an answer of the domain, not a fault.
    """A request the rules do not allow.

    `code` is kebab-case and stable: doors turn it into a sentence or a status, clients may branch on it.
    `facts` are the values that sentence needs (limits, line numbers, keys). They may reach the person
    who asked, so they never hold an answer key or somebody else's data.
    """

    code: str
    facts: dict[str, object]

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __repr__(self) -> str:
        facts = "".join(f", {name}={value!r}" for name, value in self.facts.items())
        return f"{type(self).__name__}({self.code!r}{facts})"
