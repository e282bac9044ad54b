"""Who may write, approve and see keys. Flags stand on the user model; this package knows it only by its fields."""


def may_write(user: object) -> bool:
    """May write questions and send them to review."""
    return _flag(user, "can_write_questions") or _flag(user, "can_approve_questions")


def may_approve(user: object) -> bool:
    """May approve or return the questions of others."""
    return _flag(user, "can_approve_questions")


def may_see_keys(user: object) -> bool:
    """May look at keys in the bank: curators of either kind."""
    return may_write(user)


def _flag(user: object, name: str) -> bool:
    active = bool(getattr(user, "is_active", False))
    return active and bool(getattr(user, "is_superuser", False) or getattr(user, name, False))
