"""The tools of both agents."""


def lookup_order(order_id: str) -> str:
    """Look up an order."""
    return f'{{"order_id": "{order_id}", "status": "damaged", "amount_usd": 38.5}}'


def create_refund(order_id: str, amount_usd: float) -> str:
    """Pay money back to the customer."""
    return f'{{"order_id": "{order_id}", "refunded_usd": {amount_usd}}}'
