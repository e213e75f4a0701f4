"""The tools of the example: an order, and a till that pays back no more than was paid."""

PAID_USD = {"A-1001": 38.5}


def lookup_order(order_id: str) -> str:
    """Look up an order."""
    return f'{{"order_id": "{order_id}", "paid_usd": {PAID_USD[order_id]}}}'


def create_refund(order_id: str, amount_usd: float) -> str:
    """Pay money back to the customer."""
    if amount_usd > PAID_USD[order_id]:
        raise ValueError(f"refund of {amount_usd} USD for {order_id}: only {PAID_USD[order_id]} USD were paid")
    return f'{{"order_id": "{order_id}", "refunded_usd": {amount_usd}}}'
