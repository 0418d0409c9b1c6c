"""``./compliance demo``: what was planted is found, and both reports are there."""

from __future__ import annotations

import json

import jsonschema
from product import ROOT, Product

SCHEMA = json.loads((ROOT / "docs" / "compliance-report-1.schema.json").read_text(encoding="utf-8"))


def test_the_demo_finds_what_was_planted(product: Product) -> None:
    done = product.run("demo", "--lang", "en")

    assert done.code == 0, done.stdout + done.stderr
    assert "✗" not in done.stdout
    report = json.loads((product.data / "demo" / "report.json").read_text(encoding="utf-8"))
    page = (product.data / "demo" / "report.html").read_text(encoding="utf-8")
    jsonschema.validate(report, SCHEMA)
    assert str(product.data / "demo" / "report.html") in done.stdout
    assert "промок" in page

    outcomes = {verdict["pack"]: verdict["outcome"] for verdict in report["verdicts"]}
    assert outcomes == {"ru-436fz": "18+", "ru-ads": "unlabelled"}
    assert all(finding["evidence"]["thumbnail"] for finding in report["findings"])
    assert {finding["category"] for finding in report["findings"]} >= {
        "language.obscene",
        "language.rude",
        "ad.unlabelled",
        "ad.labelled",
        "alcohol.visible",
    }
    obscene = next(finding for finding in report["findings"] if finding["category"] == "language.obscene")
    hits = [word for word in obscene["evidence"]["words"] if word["hit"]]
    assert [round(word["start_s"]) for word in hits] == [20]
    (label,) = (finding for finding in report["findings"] if finding["category"] == "ad.labelled")
    assert "2VfnHbRadEGt" in json.dumps(label, ensure_ascii=False)
