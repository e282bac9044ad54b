"""Whose address a request came from, when proxies stand between."""


def client_address(remote: str, forwarded: str, trusted_depth: int) -> str:
    """The client's address for throttles: `remote`, the peer that connected, unless proxies are trusted.

    `forwarded` is the X-Forwarded-For header, to which each proxy appends whom it saw: with `trusted_depth` proxies of
    ours the entry that many from the right was written by one of them. Whatever stands further left, anyone may write.
    """
    if trusted_depth <= 0 or not forwarded:
        return remote
    hops = [hop.strip() for hop in forwarded.split(",")]
    return hops[-min(trusted_depth, len(hops))]
