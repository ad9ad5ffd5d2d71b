"""Feeds redaction with arbitrary text: python fuzz/redact.py -max_total_time=600 (extra `fuzz`)."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports():
    from portevoix.text.redact import redact


def check(data: bytes) -> None:
    """No crash, findings inside the text and apart, labels never found again."""
    text = atheris.FuzzedDataProvider(data).ConsumeUnicodeNoSurrogates(5000)
    redaction = redact(text)
    last = 0
    for finding in redaction.findings:
        if not last <= finding.start < finding.end <= len(text):
            raise AssertionError(finding)
        last = finding.end
    if not redaction.findings and redaction.text != text:
        raise AssertionError(text)


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
