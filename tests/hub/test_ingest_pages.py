"""Several ingest processes, one page."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from hub.ingest_pages import merged


def page(records: int, seconds: float) -> bytes:
    registry = CollectorRegistry()
    Counter("waystation_hub_records", "Records committed", ["type"], registry=registry).labels("minute").inc(records)
    Histogram("waystation_hub_ack_seconds", "Ack", buckets=(1, 5), registry=registry).observe(seconds)
    return generate_latest(registry)


def test_no_sample_comes_twice_and_no_process_hides_another() -> None:
    text = merged({"1": page(7, 0.5), "2": page(0, 2)}).decode()
    families = {family.name: family for family in text_string_to_metric_families(text)}
    samples = [(one.name, *sorted(one.labels.items())) for family in families.values() for one in family.samples]
    assert len(samples) == len(set(samples))
    assert text.count("# TYPE waystation_hub_records_total counter") == 1
    counted = {
        one.labels["process"]: one.value
        for one in families["waystation_hub_records"].samples
        if one.name.endswith("_total")
    }
    assert counted == {"1": 7, "2": 0}
    assert families["waystation_hub_ack_seconds"].type == "histogram"
    assert 'waystation_hub_ack_seconds_bucket{le="+Inf",process="2"} 1.0' in text
