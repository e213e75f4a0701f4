"""Economics: what did one finished outcome cost us, and who spent it?"""

from dashboard.blocks.economics_bar import show_economics_bar
from dashboard.blocks.economics_breakdown import breakdown
from dashboard.blocks.economics_head import definition, head
from dashboard.blocks.economics_over_time import show_over_time
from dashboard.blocks.footer import data_to, show_footer
from dashboard.blocks.notices import notice, show_no_data
from dashboard.blocks.show_sql import show_sql
from dashboard.data import prefetch, read
from dashboard.links import Filters, economics
from dashboard.live import refresh_when_data_moves
from dashboard.markup import element, show

prefetch(("filter_values", {}), ("data_version", {}))
view = show_economics_bar(read("filter_values"), data_to(read("data_version")))

if view is None:
    show_no_data()
else:
    prefetch(
        ("economics_headline", view.asked()),
        ("economics_over_time", view.grouped()),
        ("economics_breakdown", view.grouped() | {"top": view.top}),
    )
    headline = read("economics_headline", **view.asked())
    if headline.is_empty():
        latest = element("a", "go to the last four weeks with runs", href=economics(Filters()))
        words = "No run started in these days" + (" with these filters." if view.is_narrowed else ".")
        show(notice(f"No spend in {view.period.words}", words, element("span", "Take a filter away, or ", latest, ".")))
    else:
        show(head(headline, view))
        show(definition(headline))
        show_over_time(read("economics_over_time", **view.grouped()), view)
        show(breakdown(read("economics_breakdown", **view.grouped(), top=view.top), view))
        show_sql("economics_headline", "economics_breakdown", "economics_over_time", key="economics")
show_footer()
refresh_when_data_moves()
