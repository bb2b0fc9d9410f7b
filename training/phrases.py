"""Invented words and clauses of conflict reporting, put together at random. No side has words of its own."""

import re
from bisect import bisect_right
from functools import partial

import numpy as np

PLACES = [
    "Arvenia",
    "Belmora",
    "Cassary",
    "Dorvane",
    "Elbasa",
    "Farhold",
    "Gorvik",
    "Halmeria",
    "Istovar",
    "Jarmund",
    "Kelstan",
    "Lorvia",
    "Morvane",
    "Nardia",
    "Ostrava",
    "Palmyra",
    "Quenza",
    "Rovnia",
    "Saldova",
    "Tarvia",
    "Ulmera",
    "Vostok",
    "Westmark",
    "Yarnia",
    "Zelmark",
    "Aleppo",
    "Mosul",
    "Goma",
    "Kyiv",
    "Juba",
    "Tripoli",
    "Mekelle",
    "Sanaa",
    "Gaza",
    "Beirut",
    "Kabul",
    "Karabakh",
    "Donetsk",
    "Idlib",
    "Khartoum",
    "Bamako",
    "Tehran",
    "Ankara",
    "Baku",
    "Yerevan",
    "Tbilisi",
]
PEOPLE = [
    "Clara",
    "Marten",
    "Anna",
    "Kosta",
    "Ibrahim",
    "Vane",
    "Sara",
    "Lund",
    "Omar",
    "Haddad",
    "Nino",
    "Beridze",
    "Pavel",
    "Orlov",
    "Mina",
    "Farah",
    "John",
    "Carter",
    "Hasan",
    "Aliyev",
    "Aram",
    "Petrosyan",
    "Maria",
    "Silva",
    "Kofi",
    "Mensah",
    "Elena",
    "Novak",
    "Tomas",
    "Berg",
    "Aisha",
    "Bello",
    "David",
    "Klein",
    "Yusuf",
    "Demir",
]
OUTLETS = [
    "Vesti",
    "Reuters",
    "AFP",
    "Interfax",
    "Tass",
    "Xinhua",
    "the state news agency",
    "Radio Halmeria",
    "The Dorvane Times",
    "Al Jazeera",
    "the Arvenian Press Agency",
    "local media",
    "the BBC",
    "the newspaper Kommersant",
    "Anadolu Agency",
    "state television",
    "the Guardian",
    "Sputnik",
    "the Associated Press",
    "the news site Morvane Today",
    "Bloomberg",
    "Voice of America",
]
ROLES = [
    "Foreign Minister",
    "Defence Minister",
    "President",
    "Prime Minister",
    "Ambassador",
    "army spokesman",
    "government spokeswoman",
    "Deputy Prime Minister",
    "opposition leader",
    "UN envoy",
    "presidential aide",
    "regional governor",
    "military spokesperson",
]
BODIES = [
    "the ministry",
    "the Foreign Ministry",
    "the Ministry of Defence",
    "the army",
    "the government",
    "the presidential office",
    "the UN mission",
    "the Red Cross",
    "the human rights commission",
    "the prosecutor's office",
    "the rebels",
    "the armed group",
    "the opposition",
    "the embassy",
    "the Security Council",
    "the defence department",
    "the delegation",
    "the union",
    "the agency",
    "the monitoring group",
    "the coalition",
    "the border service",
    "the joint command",
]
COLLECTIVES = [
    "officials",
    "witnesses",
    "residents",
    "local authorities",
    "security sources",
    "aid workers",
    "activists",
    "analysts",
    "diplomats",
    "a senior official",
    "two people familiar with the talks",
    "an official who asked not to be named",
    "medics",
    "human rights groups",
    "critics",
    "survivors",
    "a hospital source",
    "several lawmakers",
]
SITES = [
    "a school",
    "a hospital",
    "a residential building",
    "the market",
    "a water station",
    "a bridge",
    "a military base",
    "an airfield",
    "a checkpoint",
    "the power plant",
    "a convoy",
    "a church",
    "a mosque",
    "a refugee camp",
    "a fuel depot",
    "civilian homes",
]
DEEDS = [
    "shelling {site} in {place}",
    "violating the ceasefire",
    "blocking aid deliveries to {place}",
    "arming the separatists",
    "using banned munitions against civilians",
    "lying about the fighting",
    "detaining {n} aid workers",
    "breaking the agreement signed in {place}",
    "asking mercenaries for help",
    "opening fire on {site}",
    "destroying {site} near {place}",
    "carrying out an attack that killed {n} people",
    "holding {n} prisoners in secret",
    "laying mines around {place}",
    "forcing families to leave their homes",
    "interfering in the election",
    "misusing relief money",
    "hiding weapons in {site}",
    "sending fighters across the border",
    "ignoring the court's ruling",
    "driving out villagers",
    "launching drones at {site}",
    "starting the clashes near {place}",
    "refusing to return the bodies of {n} soldiers",
]
EVENTS = [
    "the shelling of {place}",
    "the attack on {site} in {place}",
    "the killing of {n} civilians",
    "ceasefire violations",
    "the arrest of {n} journalists",
    "the blockade of {place}",
    "a strike that hit {site}",
    "the use of cluster munitions",
    "the decision to close the border",
    "the release of {n} prisoners",
    "the agreement reached in {place}",
    "plans to send troops to {place}",
    "any involvement in the explosion",
    "the occupation of {place}",
    "the new sanctions",
    "heavy fighting around {place}",
    "the downing of a drone over {place}",
    "torture in the prisons of {place}",
]
DEMANDS = [
    "to withdraw all forces from {place}",
    "to stop the shelling of {place}",
    "to respect the ceasefire",
    "to return to talks",
    "to open a corridor for aid",
    "to release the {n} detainees",
    "to allow monitors into {place}",
    "to protect civilians",
    "to hand over the suspects",
    "to show restraint",
    "to investigate the attack on {site}",
    "to lift the blockade of {place}",
    "to refrain from further escalation",
    "to pay compensation to the families",
    "to publish the report",
]
CLAUSES = [
    "{n} people were killed when a shell hit {site} in {place}",
    "its forces had taken control of {place}",
    "the ceasefire was broken {n} times overnight",
    "{place} will not give up its land",
    "talks will resume next week",
    "the other side fired first",
    "the attack on {site} was carried out from {place}",
    "the situation is under control",
    "at least {n} houses were damaged near {place}",
    "no troops had crossed the border",
    "the aid convoy was stopped twice",
    "the agreement remains in force",
    "{n} fighters had laid down their arms",
    "the country was ready for any scenario",
    "more than {n} families fled the fighting around {place}",
    "the pictures were taken in {place} years ago",
    "the army answered with artillery",
    "the elections would be held on time",
    "the plan to divide {place} has no chance",
    "the munitions had been supplied by {place}",
    "the hospital in {place} has run out of medicine",
    "the mine field had not been marked",
    "both sides exchanged {n} prisoners",
    "the drone was shot down over {place}",
    "the region is suffering the worst drought in {n} years",
    "the talks in {place} had failed",
    "the report was based on false evidence",
    "the convention had been broken",
    "{place} had never meant to give back the districts",
    "the government has nothing to hide",
    "a commission would look into the death of the {n} miners",
    "the bridge could reopen within {n} days",
    "the budget did not cover the costs of rebuilding {place}",
    "nobody had been charged",
    "the vaccine was safe",
]
BACKGROUND = [
    "Fighting broke out around {place} in September and has displaced {n} families.",
    "The two sides signed a truce in {place} last year.",
    "The delegation arrived in {place} on Monday and met local leaders.",
    "{place} lies {n} kilometers from the border.",
    "Roads to {place} have been closed for weeks.",
    "The talks lasted {n} hours.",
    "The minister visited {place} and laid flowers at the memorial.",
    "Thousands marched through {place} on Sunday.",
    "The region has been contested for decades.",
    "The ministry declined to comment.",
    "The army did not respond to a request for comment.",
    "Rescue teams worked through the night in {place}.",
    "The border has been closed since March.",
    "Both sides have lost hundreds of soldiers.",
    "The parliament will vote on the bill next week.",
    "A curfew is in force in {place}.",
    "The president thanked the doctors and left for {place}.",
    "It was the third attack on {site} this year.",
    "No group has claimed responsibility.",
    "The conflict began {n} years ago.",
    "The foreign ministers shook hands.",
    "The ceasefire came into force at midnight.",
    "Schools in {place} opened again on Thursday.",
    "{place} violated the truce twice in June and shelled {site}.",
    "{place} is still {deed}.",
    "Since the war {place} has kept {n} villages under occupation.",
    "In response, {place} moved tanks to the border.",
    "{place} has not carried out the resolutions on the return of prisoners.",
    "The army of {place} continues {deed}.",
    "{place} made territorial demands in the nineties, and the war began.",
    "{place} runs a campaign against its neighbour and is {deed}.",
    "Troops from {place} killed {n} people in {site}.",
    "The occupation of {place} left {n} families without homes.",
    "Supporters of {place} keep {deed}.",
]
SAID = [
    "said",
    "stated",
    "reported",
    "added",
    "noted",
    "announced",
    "claimed",
    "declared",
    "stressed",
    "emphasized",
    "underlined",
]
SAID += [
    "confirmed",
    "insisted",
    "argued",
    "warned",
    "explained",
    "recalled",
    "maintained",
    "suggested",
    "believes",
    "says",
]
REPORTS = ["reports", "reported", "writes", "wrote", "said", "has reported", "says", "informs"]
PASSIVE = [
    "noted",
    "stated",
    "reported",
    "said",
    "added",
    "emphasized",
    "underlined",
    "stressed",
    "announced",
    "mentioned",
    "alleged",
    "believed",
    "claimed",
    "recalled",
    "argued",
    "confirmed",
]
SPEECH = re.compile(
    r"\b(sa(y|id|ys|ying)|t(ell|old)|claim|report|stat(e|ed|es|ement)\b|announc|accus|den(y|ied|ies)|according"
    r"|urg|call|condemn|welcom|pledg|warn|demand|believ|think|thought|commit|support|agree|discuss|express"
    r"|reaffirm|emphasi|underscor|stress|note|congratulat|thank|wish|look forward|hope|encourag|ask|request"
    r"|order|determin|find|found"
    r"|recogni|commend|applaud|concern|affirm|reiterat|remain|designat|propos|recommend|mourn|honor|celebrat|expect"
    r"|you|I\b|let\u2019s|sorry|okay|suggest|describ|insist|add(ed|s)\b|argu|seek|confirm|declar|acknowledg"
    r"|offer|promis|allege|show|indicat|reveal)",
    re.IGNORECASE,
)


KINDS = (0.4, 0.7, 0.85)  # where a draw passes from persons to bodies, to parties, to groups
FEWEST, MOST = 7, 48  # words of a plain sentence
ODD = re.compile(r"[\[\]{}\"\u201c\u201d:;|()]")


class Phrases:
    """Draws phrases; `sentences` are plain ones from the open pool, without any verb of speech."""

    def __init__(self, draw: np.random.Generator, sentences: list[str]) -> None:
        self.draw = draw
        self.sentences = sentences

    def one(self, options: tuple[str, ...] | list[str]) -> str:
        """Pick one of the options and fill its slots."""
        return self.filled(options[int(self.draw.integers(len(options)))])

    def either(self, options: str) -> str:
        """Pick one of the options that bars divide, and fill its slots."""
        return self.one(options.split("|"))

    def chance(self, share: float) -> bool:
        """Return True in that share of cases."""
        return bool(self.draw.random() < share)

    def filled(self, text: str) -> str:
        """Fill the slots of a phrase."""
        draw = self.draw
        text = text.replace("{deed}", DEEDS[draw.integers(len(DEEDS))])
        number = ["two", "three", "seven", "dozens of", "hundreds of", str(draw.integers(2, 400))]
        text = text.replace("{site}", SITES[draw.integers(len(SITES))])
        text = text.replace("{n}", number[min(5, int(draw.integers(9)))])
        while "{place}" in text:
            text = text.replace("{place}", PLACES[draw.integers(len(PLACES))], 1)
        return text

    def claim(self) -> str:
        """Return a clause that can be reported, without its full stop."""
        if self.sentences and self.chance(0.55):
            first = lowered(self.one(self.sentences).rstrip(". "))
            if self.chance(0.2):
                first += self.one([", and ", ", while ", ", as ", ", which means that "]) + self.claim()
            return first
        first = self.one(CLAUSES)
        if self.chance(0.25):
            first += self.one([", and ", " and ", " because ", ", while ", ", although "]) + self.one(CLAUSES)
        return first

    def sentence(self) -> str:
        """Return a claim as a sentence with its full stop."""
        claim = self.claim()
        return claim[0].upper() + claim[1:] + "."

    def background(self) -> str:
        """Return a plain sentence in the outlet's own voice."""
        if self.sentences and self.chance(0.5):
            return self.one(self.sentences)
        return self.one(BACKGROUND)

    def party(self) -> str:
        """Return a side of the conflict."""
        place = self.one(PLACES)
        return self.one(
            [place] * 4 + [f"the {place}n side", f"{place}n forces", *BODIES[:12], "the other side"]
        )

    def person(self) -> str:
        """Return a person with a role."""
        at = 2 * int(self.draw.integers(len(PEOPLE) // 2))
        name = f"{PEOPLE[at]} {PEOPLE[at + 1]}"
        role = self.one(ROLES)
        place = self.one(PLACES)
        return self.one(
            [
                f"{role} {name}",
                f"{place}n {role} {name}",
                name,
                name,
                PEOPLE[at + 1],
                f"{name}, {self.one(['a', 'the'])} {role.lower()},",
                f"the deputy chief of the {place}n border service {name}",
                f"{name}, who leads the delegation,",
                f"the spokesperson of {self.one(BODIES)} {name}",
            ]
        )

    def who(self) -> str:
        """Return any source."""
        kinds = (self.person, partial(self.one, BODIES), self.party, partial(self.one, COLLECTIVES))
        return kinds[bisect_right(KINDS, self.draw.random())]()

    def outlet(self) -> str:
        """Return a news outlet."""
        return self.one(OUTLETS)


SMALL = frozenset(
    [
        *[
            "the",
            "a",
            "an",
            "this",
            "these",
            "those",
            "in",
            "on",
            "at",
            "it",
            "its",
            "our",
            "we",
            "they",
            "he",
        ],
        *["she", "his", "her", "their", "as", "for", "with", "since", "after", "all", "both"],
    ]
)


def lowered(sentence: str) -> str:
    """Write a sentence's first word small when it is a function word, as inside another sentence."""
    first, _, rest = sentence.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in SMALL else sentence


def plain_sentences(texts: list[str], draw: np.random.Generator, *, many: int = 6000) -> list[str]:
    """Pick sentences that report nobody's words from texts whose licence is open."""
    found: list[str] = []
    for text in texts:
        for paragraph in text.split("\n"):
            for sentence in re.split(r"(?<=[.!?]) +(?=[A-Z])", paragraph.strip()):
                size = len(sentence.split())
                whole = sentence.endswith(".") and sentence[0].isupper() and FEWEST <= size <= MOST
                if whole and not SPEECH.search(sentence) and not ODD.search(sentence):
                    found.append(sentence)
    order = draw.permutation(len(found))[:many]
    return [found[i] for i in order.tolist()]
