"""What phone and city both judge by themselves, they judge alike: the cases are those of the phone's own tests."""

import json
import re
import subprocess

import pytest

from backend.agencies import hints
from backend.complaints import private
from hatch_build import find_node
from tests.support.tree import ROOT

CASES = ROOT / "tests" / "offline" / "cases"
ASK_NODE = """
const { patterns, cases } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const plainly = (text) => text.replace(/[\\p{Zs}\\p{Cf}]/gu, " ").replace(/\\p{Pd}/gu, "-");
console.log(JSON.stringify(cases.map(({ text }) => patterns.flatMap((one) => [...plainly(text).matchAll(new RegExp(one, "g"))]
    .map((match) => [match.index, match.index + match[0].length])).sort((a, b) => a[0] - b[0]))));
"""


def told(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", told("hints")["cases"], ids=lambda case: case["text"][:30] or "nothing")
def test_a_text_is_recognised_as_on_the_phone(case):
    known = [hints.in_danger(one["code"], ",".join(one["signs"]), "", "112") for one in told("hints")["hints"]]
    assert [hint["code"] for hint in hints.recognised(case["text"], known)] == case["codes"]


@pytest.mark.parametrize("case", told("numbers"), ids=lambda case: case["text"][:30] or "nothing")
def test_a_number_is_found_as_on_the_phone(case):
    assert [case["text"][one.start : one.end] for one in private.found(case["text"])] == case["numbers"]


def test_the_patterns_mean_the_same_to_a_browser():
    asked = json.dumps({"patterns": private.PATTERNS, "cases": told("numbers")})
    answer = subprocess.run([find_node().program, "-e", ASK_NODE], input=asked, capture_output=True, text=True, check=True)
    spans = [[[one.start, one.end] for one in private.found(case["text"])] for case in told("numbers")]
    assert json.loads(answer.stdout) == spans


def test_every_pattern_is_one_that_both_read():
    assert [pattern for pattern in private.PATTERNS if re.search(r"\(\?P|\(\?[aiLmsux]|\\[AZz]|\\d", pattern)] == []
