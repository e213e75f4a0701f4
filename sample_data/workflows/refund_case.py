"""The customers of refund-support: what they bought, what is wrong with it, and how they say so."""

from dataclasses import dataclass
from random import Random

from sample_data import ids
from sample_data.vocabulary import dollars, person

_PRODUCTS = (
    ("espresso grinder Lario 2", 18_900), ("merino base layer, size M", 7_450), ("4-slot toaster", 5_990),
    ("USB-C dock 11-in-1", 12_900), ("hiking boots Tarn, EU 43", 16_450), ("noise-cancelling headset", 21_900),
    ("ceramic knife set", 6_800), ("kids' bike helmet, blue", 3_850), ("standing desk frame", 38_900),
    ("rain jacket Skomer", 11_900), ("yoga mat, 6 mm", 2_990), ("bread maker Ferment+", 13_500),
    ("mechanical keyboard, ISO-DE", 9_900), ("LED grow light, 45 W", 4_700), ("travel cot Luna", 14_900),
    ("cast-iron casserole, 5 l", 8_900), ("robot vacuum filter set", 2_450), ("garden hose reel, 30 m", 7_200),
)  # fmt: skip
_COMPLAINTS = (
    "The {product} from order {order} arrived with a cracked housing. I would like my money back, please.",
    "Hi, order {order}: the {product} stopped working after two days. Can you refund it?",
    "I ordered the {product} ({order}) in another size and the exchange is sold out. Please refund {amount:.2f} USD.",
    "{order} was charged twice on my card. I only wanted one {product}.",
    "My parcel {order} never came. Tracking says delivered, nobody here signed for it. Please refund the {product}.",
    "The {product} does not match the photos at all. Sending it back today, order number {order}.",
    "I cancelled order {order} within an hour and was still charged {amount:.2f} USD for the {product}.",
    "There is a part missing from the {product} (order {order}), and the manual is for another model. I want a refund.",
)
_QUERIES = (
    "refund for damaged item",
    "refund for defect within 14 days",
    "refund when exchange is sold out",
    "duplicate charge",
    "lost parcel refund",
)


@dataclass(frozen=True, slots=True)
class RefundCase:
    """One customer's request."""

    customer_id: str
    first_name: str
    ticket_id: str
    order_id: str
    product: str
    amount_cents: int
    charge_id: str
    refund_id: str
    tracking: str
    card_last4: str
    text: str
    policy_query: str

    def order(self) -> dict[str, object]:
        """What the shop knows of the order."""
        return {
            "order_id": self.order_id, "status": "delivered", "total_usd": dollars(self.amount_cents),
            "items": [{"sku": f"SKU-{self.order_id[2:]}", "title": self.product, "quantity": 1}],
            "charge_id": self.charge_id,
        }  # fmt: skip

    def payment(self) -> dict[str, object]:
        """What the payment provider knows of the charge."""
        return {
            "charge_id": self.charge_id, "status": "captured", "amount_usd": dollars(self.amount_cents),
            "card": {"brand": "visa", "last4": self.card_last4}, "refunds": [],
        }  # fmt: skip

    def shipment(self) -> dict[str, object]:
        """What the carrier knows of the parcel."""
        return {"tracking": self.tracking, "carrier": "DPD", "status": "delivered", "signed_by": "left with neighbour"}


def make_case(rng: Random) -> RefundCase:
    """A customer with a complaint."""
    product, list_cents = rng.choice(_PRODUCTS)
    amount_cents = list_cents + rng.choice((0, 0, 0, 490, 990, -1_000))
    order_id = f"A-{rng.randrange(10_000, 99_999)}"
    text = rng.choice(_COMPLAINTS).format(product=product, order=order_id, amount=dollars(amount_cents))
    return RefundCase(
        customer_id=f"c-{rng.randrange(1_000, 99_999)}", first_name=person(rng).split()[0],
        ticket_id=f"ZD-{rng.randrange(400_000, 999_999)}", order_id=order_id, product=product,
        amount_cents=amount_cents,
        charge_id=ids.token(rng, "ch_"), refund_id=ids.token(rng, "re_"),
        tracking=f"0944{rng.randrange(10**9, 10**10)}",
        card_last4=f"{rng.randrange(10_000):04d}", text=text, policy_query=rng.choice(_QUERIES),
    )  # fmt: skip
