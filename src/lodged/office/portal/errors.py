"""What keeps the portal from doing what a sender asked."""


class PortalError(Exception):
    """The root of them."""


class CapReachedError(PortalError):
    """A key has sent as much as it may; `wait_s` seconds from now it may send again."""

    def __init__(self, what: str, wait_s: int) -> None:
        self.wait_s = max(1, wait_s)
        super().__init__(what)


class UsedBeforeError(PortalError):
    """The idempotency key stands for another submission already."""


class RefusedAddressError(PortalError):
    """An address that nothing is ever sent to: not https, or a machine of this house."""


class NotTakenError(PortalError):
    """The address of an agency did not take what it was told."""
