"""The accounts of crm-cleanup and their contacts."""

from dataclasses import dataclass
from random import Random

from sample_data.model import Json
from sample_data.vocabulary import COMPANIES, email, person

_TITLES = (
    "Head of Purchasing",
    "Office Manager",
    "Plant Engineer",
    "Finance Director",
    "IT Lead",
    "Operations Manager",
)
_CITIES = ("Rotterdam", "Leeds", "Porto", "Bremen", "Malmö", "Turin", "Ghent", "Gdańsk")


@dataclass(frozen=True, slots=True)
class CrmCase:
    """An account with contacts that look alike."""

    company: str
    domain: str
    records: tuple[dict[str, Json], ...]
    score: float
    employees: int

    @property
    def task(self) -> str:
        """What the nightly list asks for."""
        return (
            f"Clean up the contacts of {self.company}: merge duplicates, remove addresses that bounce, keep open "
            "deals untouched."
        )

    @property
    def query(self) -> str:
        """The search for the account's contacts."""
        return f"domain:{self.domain}.example"

    @property
    def names(self) -> str:
        """The two contacts that look alike."""
        return f"{self.records[0]['name']} and {self.records[1]['name']}"

    def found(self) -> Json:
        """First page of the search."""
        hits = [{"id": record["id"], "name": record["name"], "email": record["email"]} for record in self.records]
        return {"contacts": hits, "next_cursor": None}

    def same_page(self) -> Json:
        """The page that always comes back."""
        return {"contacts": [{"id": record["id"]} for record in self.records], "next_cursor": "b2Zmc2V0PTUw"}

    def merge(self) -> dict[str, Json]:
        """Arguments of the merge."""
        return {"keep": self.records[0]["id"], "remove": [self.records[1]["id"]], "prefer": "newest"}

    def enriched(self) -> Json:
        """What the paid directory says."""
        return {
            "domain": f"{self.domain}.example",
            "legal_name": self.company,
            "employees": self.employees,
            "source": "company-register",
        }


def make_case(rng: Random) -> CrmCase:
    """An account whose first two contacts are probably one person."""
    company, domain = rng.choice(COMPANIES)
    name, city = person(rng), rng.choice(_CITIES)
    first, last = name.split(" ", 1)
    others = [person(rng) for _ in range(rng.randrange(1, 4))]
    records = tuple(
        {
            "id": f"003{rng.randrange(16**9):09X}", "name": someone, "email": email(someone, domain), "city": city,
            "title": rng.choice(_TITLES),
            "last_activity": f"2026-{rng.randrange(1, 10):02d}-{rng.randrange(1, 29):02d}",
        }
        for someone in (name, f"{first[0]}. {last}", *others)
    )  # fmt: skip
    return CrmCase(company, domain, records, 0.8 + rng.random() * 0.19, rng.randrange(12, 4_800))
