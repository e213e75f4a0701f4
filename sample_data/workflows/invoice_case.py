"""The invoices of invoice-matching: suppliers, lines, orders and receipts."""

from dataclasses import dataclass
from random import Random

import orjson

from sample_data.model import Json
from sample_data.vocabulary import COMPANIES, dollars, email, person

_ITEMS = (
    ("corrugated boxes 400×300", 84), ("thermal label rolls, 100 mm", 512), ("pallet wrap, 23 µm", 1_190),
    ("forklift service, monthly", 48_500),
    ("LED high-bay lamp 150 W", 8_790), ("safety shoes S3", 6_420), ("hydraulic hose DN12", 2_350),
    ("nitrile gloves, box of 100", 640),
    ("server rack 42U", 89_900), ("freight Rotterdam–Bremen", 61_000), ("steel strapping, 19 mm", 3_980),
    ("cleaning, warehouse B", 32_000),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class InvoiceCase:
    """One invoice with one line, as most are."""

    supplier: str
    supplier_email: str
    invoice: str
    purchase_order: str
    document: str
    message_id: str
    item: str
    quantity: int
    unit_cents: int
    pages: int

    @property
    def total_cents(self) -> int:
        """Amount of the invoice."""
        return self.quantity * self.unit_cents

    @property
    def mail(self) -> str:
        """The supplier's message."""
        return (
            f"Dear customer, please find attached invoice {self.invoice} for your order {self.purchase_order} "
            f"({self.quantity} × {self.item}). Kind regards, {self.supplier}"
        )

    @property
    def shortage(self) -> str:
        """Why the invoice is held."""
        return f"{self.quantity} × {self.item} invoiced, {self.quantity - 1} received"

    def pdf(self) -> Json:
        """The attachment after text recognition."""
        text = (
            f"INVOICE {self.invoice}  PO {self.purchase_order}  {self.quantity} x {self.item} @ "
            f"{dollars(self.unit_cents):.2f}  TOTAL USD {dollars(self.total_cents):.2f}"
        )
        return {"pages": self.pages, "text": text}

    def extraction(self) -> str:
        """The fields that the extractor read."""
        return orjson.dumps({
            "supplier": self.supplier, "invoice": self.invoice, "purchase_order": self.purchase_order,
            "total_usd": dollars(self.total_cents),
            "lines": [{"item": self.item, "quantity": self.quantity, "unit_usd": dollars(self.unit_cents)}],
        }).decode()  # fmt: skip

    def order(self) -> Json:
        """The purchase order."""
        return {
            "number": self.purchase_order,
            "supplier": self.supplier,
            "item": self.item,
            "quantity": self.quantity,
            "unit_usd": dollars(self.unit_cents),
        }

    def receipt(self, *, is_short: bool) -> Json:
        """What arrived at the dock."""
        return {
            "purchase_order": self.purchase_order,
            "received": self.quantity - 1 if is_short else self.quantity,
            "dock": "B3",
        }


def make_case(rng: Random, total_cents: int | None, max_cents: int) -> InvoiceCase:
    """An invoice below the ceiling, or one over exactly `total_cents`."""
    company, domain = rng.choice(COMPANIES)
    item, unit_cents = rng.choice(_ITEMS)
    quantity = min(rng.choice((2, 4, 5, 8, 10, 12, 20, 25, 40, 60, 100)), max(max_cents // unit_cents, 1))
    if total_cents is not None:
        item, unit_cents, quantity = "server rack 42U", total_cents // 15, 15
    number = rng.randrange(10_000, 99_999)
    return InvoiceCase(
        supplier=company, supplier_email=email(person(rng), domain), invoice=f"RE-26-{number}",
        purchase_order=f"45{rng.randrange(10**7, 10**8)}",
        document=f"51{rng.randrange(10**7, 10**8)}", message_id=f"<{rng.getrandbits(48):012x}@{domain}.example>",
        item=item,
        quantity=quantity, unit_cents=unit_cents, pages=rng.choice((1, 1, 1, 2, 2, 3)),
    )  # fmt: skip
