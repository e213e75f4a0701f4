"""People, companies and things that all workflows talk about. Everybody here is invented; domains are reserved ones."""

from random import Random

FIRST_NAMES = (
    "Amara", "Ben", "Carla", "Dmitri", "Elif", "Farah", "Gareth", "Hana", "Ines", "Jonas", "Kavya", "Liam", "Mei",
    "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samuel", "Tomoko", "Ulrike", "Viktor", "Wanda", "Xavier", "Yusuf",
    "Zoe",
)  # fmt: skip
LAST_NAMES = (
    "Abara", "Bergström", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ito", "Jansen", "Kowalski",
    "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov", "Quinn", "Rossi", "Schneider", "Tanaka", "Ueda", "Varga",
    "Weber", "Young",
)  # fmt: skip
COMPANIES = (
    ("Harbor Logistics", "harborlogistics"), ("Bluebird Dental", "bluebirddental"),
    ("Kestrel Avionics", "kestrelavionics"),
    ("Nordwind Energie", "nordwind-energie"), ("Pinecrest Hotels", "pinecresthotels"), ("Solano Foods", "solanofoods"),
    ("Tidewater Marine", "tidewatermarine"), ("Ulmer Maschinenbau", "ulmer-maschinenbau"),
    ("Verdant Farms", "verdantfarms"),
    ("Westgate Printing", "westgateprinting"), ("Arcadia Textiles", "arcadiatextiles"),
    ("Brightwater Schools", "brightwaterschools"),
    ("Castellan Security", "castellansecurity"), ("Delphi Optics", "delphioptics"),
    ("Eastfield Clinics", "eastfieldclinics"),
    ("Foxglove Cosmetics", "foxglovecosmetics"), ("Granite Peak Outdoor", "granitepeak"),
    ("Halcyon Travel", "halcyontravel"),
    ("Ironbridge Steel", "ironbridgesteel"), ("Juniper Legal", "juniperlegal"),
)  # fmt: skip
TENANTS = ("northwind", "contoso-retail", "fabrikam")


def person(rng: Random) -> str:
    """A first and a last name."""
    return f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"


def email(name: str, domain: str) -> str:
    """The address of a person at a company."""
    plain = name.lower().replace(" ", ".").replace("ö", "o")
    return f"{plain}@{domain}.example"


def dollars(cents: int) -> float:
    """An amount as agents pass it around."""
    return cents / 100
