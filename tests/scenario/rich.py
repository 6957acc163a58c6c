"""A scenario that uses every part of the format."""

RICH = """
negsim: 1
id: harbour-2026
title: "A harbour: sports, fish, money"
about: |
  Invented.
  Two lines.
sources:
  paper: {title: "On \\"harbours\\"", publisher: Press, date: 2026-02-17, date_is: inferred, url: "https://example.org"}
  talk: {title: A talk, about: Heard.}
issues:
  site:
    title: Where it is built
    kind: ordered
    options: [north, middle, south]
  fish:
    title: Who keeps the fish
    when: site in north | middle
    options: {nobody: Nobody, city: "The city: all of it", club: A club}
    about: Only near the river.
  years: {title: Term, kind: numeric, scale: 0..50, step: 5, unit: years}
  share: {title: Share, scale: -0.5..2.50, step: 0.25}
  fee: {title: Fee, scale: 0..10, step: 2, unit: euros, when: fish != nobody}
parties:
  club:
    title: The club
    about: Wants much.
    demands: {site: north, years: {at_least: 30}, share: {between: 0..1.5}, fish: {one_of: [city, club]}}
    priorities: {site: 3..5, years: {normal: {mean: 3, sd: 0.5}}, fish: 1, share: {same: parties.club.priorities.site}}
    values:
      site: {north: 100, middle: 40..70, south: 0}
      fish: {irrelevant: 60, city: {triangular: {low: 10, mode: 20, high: 60}}}
      share: {-0.5: 0, 0.25: {pert: {low: 20, mode: 30, high: 50}}, 2.5: 100}
    red_lines:
      not_south: {require: site != south, firmness: hard, title: Never south}
      term:
        require: site == middle implies years >= 30 years
        firmness: {beta: {a: 4, b: 2}}
        audience_cost: 1..5
        because: Said so.
    adjustments:
      both: {when: years >= 20 and share > 0.5, amount: -5..5, because: They go together.}
    no_deal: {same_as: {site: middle, years: 10..20, fish: city, share: 0.3}}
  city:
    title: The city
    demands: {site: any, years: {at_most: 10}, share: 0.25, fee: 10}
    values: {fee: {irrelevant: 10}}
    no_deal: {uniform: {low: 20, high: 40}}
  state:
    title: The state
    role: guarantor
    consents_to: years > 20
    values: {share: {-0.5: 100, 2.5: 0}}
    no_deal: {same: parties.city.no_deal}
  envoy: {title: The envoy, role: mediator}
rules:
  no_fee_in_the_middle: {require: site == middle implies fee == irrelevant or fee in 0 | 2, because: The law.}
agreement: {quorum: 2, vetoes: [club]}
ties:
  hardness:
    between: [parties.club.red_lines.term.firmness, parties.city.no_deal]
    rank_correlation: -0.4
provenance:
  parties.club.demands: {source: paper, words: statement, by: Its chair}
  parties.club.values.share.0.25: {assumed: A guess., source: talk, note: Rough.}
  issues: {assumed: Invented.}
"""
