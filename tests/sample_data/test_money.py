"""The sample's senders report list prices: what they say and what is computed must agree."""

from datetime import date
from decimal import Decimal

import pytest

from collector.prices.book import PriceBook
from collector.prices.model import PriceKey
from sample_data.money import PRICES, SELF_HOSTED_MODEL, provider_of, response_model_of

DAY = date(2026, 11, 2)


@pytest.mark.parametrize("model", PRICES)
def test_the_sample_reports_list_prices(model: str) -> None:
    said = PRICES[model]
    (band,) = PriceBook().resolve(PriceKey(provider_of(model), response_model_of(model), None, DAY)).bands
    found = band.prices
    assert [
        found.input_usd_per_mtok,
        found.cache_read_usd_per_mtok,
        found.cache_write_usd_per_mtok,
        found.output_usd_per_mtok,
    ] == [
        Decimal(nano) / 1000
        for nano in (said.input_nano_usd, said.cache_read_nano_usd, said.cache_write_nano_usd, said.output_nano_usd)
    ]


def test_the_self_hosted_model_has_no_price() -> None:
    key = PriceKey(provider_of(SELF_HOSTED_MODEL), SELF_HOSTED_MODEL, None, DAY)
    assert PriceBook().resolve(key).source is None
