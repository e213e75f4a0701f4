"""Health: did everything that was sent arrive, and can I trust what I see?"""

from dashboard.blocks.footer import show_footer
from dashboard.blocks.health_balance import HOURS, show_balance
from dashboard.blocks.health_left_out import QUESTIONS, show_left_out
from dashboard.blocks.health_parts import REJECTS_SHOWN, show_lag, show_rejects, show_store
from dashboard.blocks.health_prices import show_prices
from dashboard.blocks.health_set_aside import QUESTION as SET_ASIDE
from dashboard.blocks.health_set_aside import show_set_aside
from dashboard.blocks.health_totals import totals
from dashboard.blocks.notices import show_no_data
from dashboard.blocks.show_sql import show_sql
from dashboard.data import prefetch, read
from dashboard.live import refresh_when_data_moves
from dashboard.markup import element, show

show(
    element(
        "h1",
        "Health",
        element("small", " · everything received is stored, a duplicate, a conflict, or rejected"),
        class_="t-title",
    )
)
prefetch(
    ("health_totals", {}),
    ("health_balance", {"hours": HOURS}),
    ("health_rejects", {"limit_rows": REJECTS_SHOWN}),
    *[(name, {}) for name in ("health_lag", "health_unmapped", "health_store", "health_versions", "data_version")],
    *QUESTIONS,
    SET_ASIDE,
)
total = read("health_totals")
if total.is_empty() or not total["received"][0]:
    show_no_data()
else:
    show(totals(total.row(0, named=True)))
    show_set_aside()
    show_lag()
    show_left_out(total.row(0, named=True))
    show_prices(read("data_version").row(0, named=True))
    show_balance()
    show_rejects()
show_store()
show_sql(
    "health_totals",
    "health_balance",
    "health_lag",
    "health_rejects",
    "health_set_aside",
    "health_unattached",
    "unpriced_models",
    "prices_used",
    "price_differences",
    "health_unmapped",
    "health_store",
    "health_versions",
    key="health",
)
show_footer()
refresh_when_data_moves()
