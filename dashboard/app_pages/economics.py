"""Economics: what did one finished outcome cost us, and who spent it?"""

from dashboard.blocks.economics_anomalies import anomalies
from dashboard.blocks.economics_bar import show_economics_bar
from dashboard.blocks.economics_breakdown import breakdown
from dashboard.blocks.economics_ceilings import ceilings
from dashboard.blocks.economics_export import show_exports
from dashboard.blocks.economics_forecast import forecast
from dashboard.blocks.economics_head import definition, head
from dashboard.blocks.economics_outcomes import outcomes
from dashboard.blocks.economics_over_time import show_over_time
from dashboard.blocks.economics_price_rows import show_price_rows
from dashboard.blocks.economics_reconciliation import show_reconciliation
from dashboard.blocks.economics_routing import show_routing
from dashboard.blocks.economics_uncovered import uncovered
from dashboard.blocks.economics_waste import show_waste
from dashboard.blocks.footer import data_to, show_footer
from dashboard.blocks.notices import notice, show_no_data
from dashboard.blocks.show_sql import show_sql
from dashboard.data import prefetch, read
from dashboard.economics_view import ABOVE_THE_FOLD
from dashboard.links import Filters, economics
from dashboard.live import refresh_when_data_moves
from dashboard.markup import element, show

prefetch(("filter_values", {}), ("data_version", {}))
view = show_economics_bar(read("filter_values"), data_to(read("data_version")))

if view is None:
    show_no_data()
else:
    asked = dict(view.questions())
    prefetch(*view.questions()[:ABOVE_THE_FOLD])
    headline = read("economics_headline", **asked["economics_headline"])
    if headline.is_empty():
        latest = element("a", "go to the last four weeks with runs", href=economics(Filters()))
        words = "No run started in these days" + (" with these filters." if view.is_narrowed else ".")
        show(notice(f"No spend in {view.period.words}", words, element("span", "Take a filter away, or ", latest, ".")))
    else:
        show(head(headline, view))
        show(definition(headline))
        show_over_time(read("economics_over_time", **asked["economics_over_time"]), view)
        show(breakdown(read("economics_breakdown", **asked["economics_breakdown"]), view))
        prefetch(*view.questions()[ABOVE_THE_FOLD:])
        show_price_rows(view)
        show(outcomes(read("economics_outcomes", **asked["economics_outcomes"]), read("outcome_warnings"), view))
        show_waste(view)
        show_routing(view)
        breached, above = (read(name, **asked[name]) for name in ("economics_ceiling_totals", "economics_ceilings"))
        show(ceilings(breached, above, view))
        show(forecast(read("economics_forecast", **asked["economics_forecast"]), view))
        show(anomalies(read("economics_anomalies", **asked["economics_anomalies"]), view))
        show(uncovered(headline, read("economics_unpriced", **asked["economics_unpriced"]), view))
        show_reconciliation(view)
        show_exports(view)
        show_sql(
            *asked,
            "economics_price_rows",
            "economics_routing_steps",
            "economics_reconciliation",
            key="economics",
        )
show_footer()
refresh_when_data_moves()
