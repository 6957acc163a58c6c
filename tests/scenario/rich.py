"""Two scenarios that between them use every part of the format: under a quorum nobody can have ratifiers."""

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
    indivisible: true
    about: Only near the river.
  years: {title: Term, kind: numeric, scale: 0..50, step: 5, unit: years}
  share: {title: Share, scale: -0.5..2.50, step: 0.25}
  fee: {title: Fee, scale: 0..10, step: 2, unit: euros, when: fish != nobody}
  lamps: {title: Lamps, scale: 0..2, step: 0.5}
war:
  about: The strike.
  sides: {club: {collapse: 0.05..0.2}, city: {collapse: {normal: {mean: 0.2, sd: 0.05}}}}
durability:
  about: Promises were broken before.
  term: years
  breakers: {city: {hazard: 0.1..0.3, because: It did so.}, club: {hazard: {same: durability.breakers.city.hazard}}}
  supports:
    bond: {when: years > 0 and share >= 1, credibility: 0.2..0.6, lasts: guarantee, against: [city], because: Money.}
    watch: {when: site == north, credibility: {beta: {a: 2, b: 2}}}
  power_shifts:
    quay: {when: site == north, towards: club, by: 0.1..0.2, points: {state: -5..5, city: 3}, because: It is theirs.}
    boats: {when: fish == club, points: {club: 4}, if_broken_by: [city]}
  remedies:
    lock: {when: site != south, takes_away: 0.5..1, shifts: [quay], because: It shuts.}
    fence: {when: share > 2, takes_away: 0.25}
side_payments: {currency: bn marks, at_most: 0..5, worth: {club: 2, city: 1..3}, about: Once.}
protocol:
  kind: monotonic_concession
  rounds: 12
  sessions: 3
  order: [club, city]
  offers: own_rank
  beliefs: fixed
  breakdown: 0..0.05
  about: Behind closed doors.
talks:
  about: Over a summer.
  start: 2026-02-01
  horizon: 2026-09-30
  now: 2026-04-01
  envoys:
    ann: {party: club, title: Ann, tactic: {time: {exponent: 2..4}}, sidesteps: 0.1..0.3, about: Patient.}
    bob: {party: city, tactic: zeuthen}
  tracks: {hall: {title: In the hall, delegations: {club: ann, city: bob}, about: Open.}, quay: {delegations: {city: bob}}}
  sessions:
    opening: {date: 2026-03-01, venue: The hall, format: bilateral, track: hall, exchanges: 4, title: Opening, about: Loud.}
    lamplight: {date: 2026-03-20, agenda: [lamps, years], delegations: {club: ann}}
    weekly: {every: 7, from: 2026-05-01, until: 2026-06-30, format: shuttle, track: quay, mismatch: 0..0.2}
  deadline: {extensible: {date: 2026-08-01, chance: 0.3..0.6, by: 14, times: 2}}
  events:
    storms: {rate: 0.01..0.05, from: 2026-02-10, until: 2026-08-10, effects: {rust: {path: parties.port.no_deal.war.losses.rust, add: 1..2, fades: 30}}}
    strike:
      title: A strike
      date: 2026-03-10
      chance: 0.5
      unless_serious: {club: 0.2..0.4}
      effects:
        calm: {path: talks.events.storms.rate, multiply: 0.5, lasts: 4..6}
        hope: {path: parties.club.good_faith, set: {beta: {a: 5, b: 2}}}
      about: Of the dockers.
    answer: {after: opening, delay: 2..5, effects: {x: {path: parties.club.values.share.0.25, add: -3}}}
    protest: {}
    fights: {every: 10, battle: drawn}
  reciprocity: {tit: {after: storms, brings: protest, chance: 0.2, delay: 2, about: In kind.}}
  partial_agreements:
    light: {title: Light, issue: lamps, to: 1.50, instead_of: 0, sessions: [lamplight], chance: 0.4, unless_serious: {club: 0.1}, in_return: {city: 0..1}, effects: {glow: {path: talks.sessions.weekly.mismatch, multiply: 0.5}}, about: At night.}
  counsel:
    hint: {mediator: state, hears: city, line: parties.club.red_lines.term, date: 2026-04-10, bias: 0..0.5, war_cost: 3, about: Softly.}
    word: {mediator: state, hears: city, line: parties.club.red_lines.term, session: weekly}
  observed:
    held: {session: opening, about: In the paper.}
    struck: {event: strike, happened: false}
    blown: {event: storms, count: 2, from: 2026-02-10, until: 2026-03-31}
    lit: {partial: light, at: lamplight}
    sailed: {binomial: {path: parties.port.no_deal.war.losses.idle.factors.ships, hits: 3, trials: 8}, date: 2026-03-31}
  what_if:
    elsewhere: {title: On the quay, tracks: {hall: quay}, about: Or not.}
    calm: {effects: {still: {path: talks.events.storms.rate, set: 0}}}
parties:
  club:
    title: The club
    about: Wants much.
    sheet:
      story: |
        Founded by rowers.
        Short of money.
      interests: ["Water: deep and calm", Fish]
      may_say: [That it was here first.]
    discount_rate: 0.02..0.1
    good_faith: {beta: {a: 8, b: 2}}
    tactic: {averaged_tit_for_tat: {window: 2..5}}
    walks_out_below: 0.1..0.3
    sacred:
      flag:
        title: The flag
        require: site == north
        material: share > 1
        offence: 5..10
        symbolic: fish == club
        relief: 1..4
        because: Sung of.
      name: {require: years > 0, material: share > 2, offence: 3}
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
    discount_rate: 0.1
    tactic: zeuthen
    walks_out_below: {same: parties.club.walks_out_below}
    demands: {site: any, years: {at_most: 10}, share: 0.25, fee: 10}
    values: {fee: {irrelevant: 10}}
    no_deal: {uniform: {low: 20, high: 40}}
  state:
    title: The state
    role: guarantor
    consents_to: years > 20
    discount_rate: {same: parties.city.discount_rate}
    levers:
      city:
        stick: 0..5
        carrots: {roads: {when: site == middle, points: 2..6, because: Built by it.}, rail: {when: years > 30, points: 1}}
        guarantee: {when: site == north, credibility: 0.5..0.7}
        because: It pays.
      club: {}
    values: {share: {-0.5: 100, 2.5: 0}}
    no_deal: {same: parties.city.no_deal}
  envoy: {title: The envoy, role: mediator}
  port:
    title: The port
    role: guarantor
    consents_to: site == south
    demands: {site: south, fee: {one_of: [0, 2]}}
    values: {fee: {irrelevant: 50}}
    discount_rate: 0.05
    no_deal:
      war:
        side: city
        win: {same_as: {site: south}, rest: 60..80}
        lose: {same_as: {site: north, fee: irrelevant}}
        now: 20..40
        losses: {idle: {points: 5..10, factors: {ships: 0.3..0.6, days: 0.9}}, rust: 1}
        costs: {crews: 0..2, tugs: {points: {same: parties.port.no_deal.war.costs.crews}, factors: {half: 0.5}}}
        belief: {a: 8, b: 1..3}
        option: outside
  rowers:
    title: The rowers
    role: guarantor
    consents_to: fish == nobody
    demands: {years: 50}
    discount_rate: {same: parties.club.discount_rate}
    no_deal:
      lottery:
        ends:
          wait: {probability: 0.1..0.4, worth: {same_as: {years: 10..20}}, because: As now.}
          law: {probability: {same: parties.rowers.no_deal.lottery.ends.wait.probability}, worth: {same_as: {}, rest: 5}}
          storm: {worth: 0..10}
        costs: {fees: 1..2, oars: {points: 3, factors: {broken: 0.5}}}
        now: {same_as: {years: 0}}
        option: outside
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

RATIFIED = RICH.replace("agreement: {quorum: 2, vetoes: [club]}\n", "").replace(
    "    red_lines:\n      not_south:",
    """    ratifiers:
      members: {title: The members}
      youth:
        title: The youth
        about: Louder.
        discount_rate: 0.3
        demands: {fish: city, years: 50}
        priorities: {site: 1..2, fish: {same: parties.club.priorities.fish}, years: 4}
        values: {fish: {irrelevant: 0}, share: {-0.5: 0, 0.25: 30..40, 2.5: 100}}
        red_lines: {fishing: {require: fish != nobody, firmness: 0.4..0.9}}
        adjustments: {both: {when: years >= 20, amount: 3}, more: {when: share > 2, amount: 1..2}}
        no_deal: {war: {win: 80..90, lose: {same_as: {site: south}, rest: 10}, now: 30}}
      elders:
        title: The elders
        values: {site: {north: 100, middle: 100, south: 0}}
        adjustments: {}
        no_deal: {lottery: {ends: {all: {probability: 1, worth: 20}}, costs: {years: 1}}}
    red_lines:
      not_south:""",
)
