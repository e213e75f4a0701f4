"""How many examples the property tests of the store try: few in every run of the suite, more when asked for.

`TACHOGRAPH_EXAMPLES=20 pytest tests/queries` tries twenty times as many, and other ones each time.
"""

import os

from hypothesis import HealthCheck, settings

_TIMES = int(os.environ.get("TACHOGRAPH_EXAMPLES", "1"))


def examples(count: int) -> settings:
    """`count` examples, the same in each run, without a deadline: each refreshes or fills a store."""
    return settings(
        max_examples=count * _TIMES,
        deadline=None,
        derandomize=_TIMES == 1,
        suppress_health_check=[HealthCheck.too_slow],
    )
