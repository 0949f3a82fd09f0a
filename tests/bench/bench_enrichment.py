"""Stories a second that enrichment analyses on one core: ``python tests/bench/bench_enrichment.py [seconds]``."""

from __future__ import annotations

import resource
import sys
import time

from dateline_schemas.credit import Credit
from dateline_schemas.story import Story

_PARAGRAPHS = (
    "NAIROBI, March 4 (AFP) - Kenya's finance minister on Monday unveiled a budget that raises taxes on "
    "fuel and imported cars, setting up a clash with unions and opposition lawmakers in Nairobi who say "
    "families cannot pay more.",
    "Minister Joseph Wekhomba told parliament that the government had to bring down its debt, which has "
    'doubled in ten years and now takes more than half of its revenue. "There is no easy way," Wekhomba '
    "said during a speech of two hours.",
    "The International Monetary Fund, which has lent the country $3 billion, welcomed the plan. Its "
    "mission chief, Laura Sandqvist, said growth would reach 5.2 percent next year if the measures were "
    "passed in full and on time.",
    "Thousands of people marched through Mombasa and Kisumu last week against the proposals. Police fired "
    "tear gas, and at least 12 protesters were arrested, according to Human Rights Watch. The interior "
    "ministry said officers had shown restraint.",
    '"We pay and pay, and the hospitals have no medicine," said Grace Achieng, 34, who sells vegetables '
    "at a market near the port. Her husband lost his job when a tyre factory closed in January. They have "
    "three children at school.",
    "Economists are divided. David Kimathi of Crestline Capital Ltd said the tax on fuel would push up "
    "inflation, which stood at 6.1 percent in February, and force the central bank to keep interest rates "
    "high for longer than markets expect.",
    "Others point to neighbours. Uganda and Tanzania borrowed less and have grown faster since 2022, "
    'while Ethiopia had to ask its creditors, China among them, for relief. "Kenya is not there yet, but '
    'it can see it from here," Kimathi said.',
    "The opposition leader, Samuel Otieno, promised to fight the bill in court and in the streets. He "
    "called a rally for Saturday in Nairobi. The president, who is travelling to Brussels for talks with "
    "the European Union, has not commented.",
    "Shares on the Nairobi exchange fell 1.8 percent, and the shilling weakened against the dollar. "
    "Investors in London sold the country's bonds, taking the yield on the note due in 2031 to 10.4 "
    "percent, its highest since October.",
    "Parliament has until June 30 to vote. Wekhomba said he was ready to talk about details but not about "
    'the sum. "The hole is the hole," he told reporters afterwards in the corridor, before leaving for a '
    "meeting with the unions.",
    "(Reporting by Ann Mwende; editing by Tom Harker)",
    "AFP",
)
_STORY = Story(
    guid="bench",
    language="en",
    headline="Kenya raises taxes in budget as unions threaten strikes",
    paragraphs=_PARAGRAPHS,
)


def main() -> None:
    """Print load time, rate and memory."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5.0
    began = time.perf_counter()
    from dateline_enrichment.analyse import facts

    credit = Credit(agencies=("AFP",))
    first = facts(_STORY, credit)
    loaded = time.perf_counter() - began
    rates, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        start = time.process_time()
        for _ in range(200):
            facts(_STORY, credit)
        rates.append(200 / (time.process_time() - start))
    rates.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{first.words} words; load and first story {loaded:.2f} s; {memory} MB; stories/s of CPU time, rounds of 200:"
    )
    print(f"  median {rates[len(rates) // 2]:,.0f}, best {rates[-1]:,.0f}, worst {rates[0]:,.0f}")


if __name__ == "__main__":
    main()
