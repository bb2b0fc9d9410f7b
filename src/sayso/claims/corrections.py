"""Figures that a text does not let stand: denied, not confirmed, withdrawn, replaced, or only foretold."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from sayso.claims.atoms import either
from sayso.core.records import Quantity, Standing
from sayso.core.spans import Span
from sayso.language.lexicon.figures import outcome_words

# Whether a figure stands; a former one is replaced where another of its sentence counts the same, a newer
# one replaces another; an earlier one was counted at another time, and stands.
Reading = Standing | Literal["former", "newer", "earlier"]

_REACH = 110  # code points before and behind a figure
_REPORT = (
    r"(?:tolls?|counts?|figures?|numbers?|totals?|tally|tallies|estimates?|reports?|claims?|statements?|"
    r"announcements?|assertions?|allegations?|accusations?|rumou?rs?|suggestions?|news|data)"
)
_DEED = (
    r"(?:(?:talk|idea|notion|hint|possibility|chance)\s+(?:that|of)|deaths?|loss(?:es)?|casualt(?:y|ies)|killings?|"
    r"captures?|arrests?|injur(?:y|ies)|fatalit(?:y|ies))"
)
# What is said instead of a denied figure begins another clause.
_BREAK = re.compile(
    r"[;:]|\b(?:but|saying|adding|insisting|while|whereas|although|though|after|claiming|stating|instead|"
    r"putting|acknowledging|confirming|and\s+(?:said|put|insisted|claimed|added|confirmed|acknowledged))\b"
)
_DENIES = re.compile(
    # To reject any mission denies no figure; to reject any report of 12 dead, to rule out any death does.
    rf"\b(?!(?:reject|dismiss|rul)[a-z]*\s+(?:out\s+)?any\s+(?!(?:[a-z]+\s+){{0,2}}?(?:{_REPORT}|{_DEED})\b))"
    r"(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es?|ed|ing)|doubt(?:s|ed)?|"
    r"disput(?:es?|ed|ing)|rul(?:es?|ed|ing)\s+out)\s+"
    # Who denies having had a hand in it denies no figure.
    r"(?!(?:[a-z]+\s+){0,2}(?:involvement|responsibility|role|knowledge|blame|links?|part|complicity|guilt)\b)"
    r"(?:[a-z]+\s+){0,3}?"
    rf"(?:that|it|its|their|his|her|any|having|as|[a-z]+ing|{_REPORT})\b"
    r"|(?:\bnot|n['’]t|\bcannot|\bunable\s+to|\bnor|\bdeclined\s+to|\brefused\s+to)\s+"
    # That a figure "could not be verified" is the distance of who reports it, not a denial.
    r"(?:[a-z]+ly\s+|yet\s+|be\s+able\s+to\s+|been\s+able\s+to\s+|able\s+to\s+){0,3}"
    r"(?:confirm|verify|corroborate|substantiate|confirming|verifying)\b"
    r"|\b(?:has|have|had)(?:\s+not|n['’]t)\s+(?:[a-z]+ly\s+|yet\s+){0,2}(?:confirmed|verified|corroborated|substantiated)\b"
    r"|\bno\s+(?!(?:independent|official|public|confirmed|verified|corroborated|substantiated)\s)(?:[a-z]+\s+)?"
    r"(?:evidence|proof|truth|indication|reports?|sign)\b"
    r"|\b(?:has|have|had|having|with|found|finds|is|was)\s+no\s+record\b"
    r"|\b(?:not\s+true|untrue|false|incorrect|wrong),?\s+(?:[^,.;]{1,40},\s+)?(?:that|to\s+say)\b"
    r"|\b(?:question|doubt)(?:s|ed|ing)?\s+(?:whether|if|that|how)\b"
    # Who keeps silent about it puts it no more forward than who denies it.
    r"|(?:\bnot|n['’]t|\bnever|\bnor|\bno\s+one|\bnobody|\b(?:declin|refus)[a-z]+\s+to|\byet\s+to)\s+"
    r"(?:[a-z]+ly\s+|yet\s+|even\s+|ever\s+|has\s+|have\s+|had\s+){0,2}"
    r"(?:say|said|says|claim(?:ed|s)?|admit(?:ted|s)?|acknowledged?|announced?|state[ds]?|mention(?:ed|s)?|"
    r"report(?:ed|s)?)\s+(?:that|whether|if)\b"
)
# A denial ends where its relative clause is closed, and where somebody then reports something: "the army,
# which denied the raid, reported 5 dead"; a mere "the reported" and "having said" is no finite verb.
_RELATIVE = re.compile(r",\s+(?:which|who|whose)\b[^,]*\Z")
_FINITE = re.compile(
    r"(?<!\bthe\s)(?<!\bhaving\s)(?<!\ba\s)(?<!\bits\s)(?<!\btheir\s)(?<!\bany\s)(?<!\bbeing\s)(?<!\bbeen\s)"
    r"(?<!\bbe\s)(?<!\bare\s)(?<!\bwere\s)(?<!\bwas\s)(?<!\bis\s)"
    r"\b(?:said|says|reported|announced|announces|stated|declared|added|adds|told|tells|insisted|insists|"
    r"claimed|confirmed|confirms|acknowledged|acknowledges|admitted|admits|conceded|concedes|estimated|"
    r"alleged|maintained|maintains|recorded|counted|noted|notes)\b(?!\s+(?:to|by)\b)"
)
_THAT = re.compile(r"\bthat\b")
_PARTS_CLAUSES = re.compile(r",|\b(?:and|then)\b")
_SUBORDINATE = re.compile(r"\s*(?:as|which|who|whom|that|what)\b")
# ", in which 12 people died, according to doctors": who is credited says so, whatever is denied before.
_CREDITED = re.compile(r"[^.;,]{0,60},\s+(?:according\s+to|(?:[a-z]+\s+){1,4}(?:said|say|says)\b)")
_RELATIVELY = re.compile(r",\s+(?:(?:in|of|during|by|from|after|at)\s+which|which|where)\b[^,;]*\Z")
_AFFIRMED = re.compile(r"(?:\b(?:not|never|cannot|nobody|no\s+one)|n['’]t)\s+(?:[a-z]+\s+)?\Z")
_TAKES_BACK = (
    r"(?:withdr[ae]w(?:n|ing|s)?|retract(?:s|ed|ing)?|rescind(?:s|ed|ing)?|disown(?:s|ed|ing)?|"
    r"correct(?:s|ed|ing)|revis(?:es|ed|ing)|amend(?:s|ed|ing)?|lower(?:s|ed|ing)|reduc(?:es|ed|ing)|"
    r"scrapp(?:ed|ing)|drop(?:s|ped|ping)|took\s+back|taken\s+back|taking\s+back|walked\s+back|"
    r"backed\s+away\s+from|backtracked\s+on)"
)
# "Withdrew its report of 25 dead"; but "lowered the number of missing to 43" puts the 43 forward.
_TAKEN_BACK = re.compile(
    rf"\b{_TAKES_BACK}\s+(?:[a-z]+\s+){{0,4}}?{_REPORT}\s+(?:of|that|putting|about)\b(?!.*\bto\s+(?:\w+\s+)?\Z)",
    re.DOTALL,
)
_INSTEAD_OF = re.compile(r"\b(?:(?<!\bif )not|rather\s+than|instead\s+of)\s+(?:the\s+)?\Z")
_CHANGES = (
    r"\b(?:revis|correct|lower|rais|reduc|increas|amend|adjust|cut|updat|chang|rose|ris|climb|grew|grow|fell|"
    r"fall|jump|drop|went|gone)[a-z]*\b"
)
_STANDS_AT = r"(?:was|were|is|are|had\s+been|should\s+be|stood\s+at|stands\s+at)"
_CHANGED_TO = re.compile(
    rf"(?:{_CHANGES}[^.;]{{0,70}}\bto|\b{_REPORT}\s+{_STANDS_AT})\s+"
    r"(?:now\s+|actually\s+|in\s+fact\s+|really\s+|only\s+)?\Z"
)
_CHANGED_FROM = re.compile(
    r"\b(?:up|down)(?:wards?)?\s+from\s+(?:the\s+|an?\s+)?(?:[a-z]+\s+){0,2}?\Z"
    rf"|{_CHANGES}[^.;]{{0,70}}\b(?:from|{_REPORT}\s+of)\s+(?:the\s+|an?\s+)?\Z"
)
# "Up from 4,100 in February": each stands, at its own time.
_OF_ANOTHER_TIME = re.compile(
    r"(?:\s+[a-z]+){0,2}?\s+(?:(?:in|during|for|at\s+the\s+end\s+of)\s+(?:[a-z]+uary|march|april|may|june|july|august"
    r"|[a-z]+ember|october|(?:19|20)\d\d|(?:the\s+)?(?:spring|summer|autumn|winter))"
    r"|(?:in\s+)?(?:last|the\s+(?:previous|preceding|prior))\s+(?:year|month|week|quarter|period|season)"
    r"|the\s+(?:year|month|week|day)\s+before"
    r"|an?\s+(?:year|month|week|quarter)\s+(?:ago|earlier|before))\b"
)
_COMPARED_WITH = re.compile(r"\b(?:compared\s+(?:with|to)|against|versus)\s+\Z")
_FORMER = (
    r"(?:earlier|previous(?:ly)?|initial(?:ly)?|preliminary|prior|original(?:ly)?|first|provisional(?:ly)?)"
)
_GIVEN = (
    rf"(?:{_REPORT}|said|reported|reporting|put|gave|given|giving|announced|spoken|stated|claimed|estimated|"
    r"counted|feared|believed|thought|declared)"
)
_FORMERLY = re.compile(
    rf"\b{_FORMER}\s+(?:[a-z]+\s+){{0,3}}?{_GIVEN}\b|\b{_GIVEN}\s+{_FORMER}\b|\bhad\s+(?:said|put|reported)\b"
)
_FORMERLY_BEHIND = re.compile(
    rf"\s+(?:[a-z]+\s+){{0,4}}?(?:{_FORMER}\s+{_GIVEN}|{_GIVEN}\s+(?:{_FORMER}|before)|as\s+{_GIVEN})\b"
)
_IS = (
    r"(?:was|were|is|are|been|be|proved|proven|turned\s+out|being)\s+"
    r"(?:to\s+be\s+)?(?:[a-z]+ly\s+|later\s+|since\s+)?"
)
_REPORT_OF = re.compile(rf"\b{_REPORT}\s+(?:[a-z]+\s+){{0,4}}?(?:of|that|putting|about)\b")
_BEHIND = re.compile(
    rf",?\s+(?:but\s+|and\s+)?(?:an?|the|this|that|its|which|whose)\s+(?:[a-z]+\s+)?{_REPORT}\b[^.;,]{{0,60}}"
    rf"|,\s+which\b[^.;,]{{0,60}}"
)
_TOOK_BACK = re.compile(
    rf"\b{_TAKES_BACK}\s+(?:(?:the|that|this|its|their|his|her)\s+(?:[a-z]+\s+)?{_REPORT}|it|that|this)\b"
)
_TOO_LOW = re.compile(r"\b(?:was|were|is|are|proved|had\s+been)\s+(?:far\s+|much\s+)?too\s+(?:low|high)\b")
# "Then cut the number to 28": the figure before it is taken back.
RESTATES = re.compile(
    r"\b(?:cut|lowered|revised|corrected|reduced|amended|adjusted|changed)\s+(?:it|that|(?:the|its|their|his|this|that)\s+"
    rf"(?:[a-z]+\s+)?{_REPORT})\s+(?:down\s+|up\s+|upwards?\s+|downwards?\s+)?to\s+(?:only\s+|just\s+)?\Z"
)
_TAKE_BACK = re.compile(rf"\b{_TAKES_BACK}\b")
# What would happen is no count of what did. Estimates ("could be trapped", "may have died") are of what did.
_ADVERB = r"(?:[a-z]+ly\s+|also\s+|then\s+|still\s+|soon\s+|not\s+|eventually\s+)?"
_COUNTED_ALREADY = (
    r"(?:killed|dead|died|wounded|injured|missing|captured|detained|arrested|displaced|victims?|bodies|"
    r"who|whose|which|that|deaths|survivors)\b"
)
_FORETOLD_BEHIND = re.compile(
    rf"(?:\s+(?!{_COUNTED_ALREADY})[a-z'’-]+){{0,3}}?(?:\s+|(?=['’]ll))"
    rf"(?:(?:will|would|shall|['’]ll|(?:is|are|was|were)\s+(?:going|about|set|due|expected|likely)\s+to"
    # "All 21 camps are to be evacuated"
    rf"|(?:is|are|was|were)\s+to(?=\s+be\s))\s+{_ADVERB}"
    r"(?!be\s+(?:buried|laid|mourned|hono|remembered|commemorated|identified|tried)|have\s+been|mark)[a-z]"
    rf"|(?:could|might|may)\s+{_ADVERB}"
    r"(?:die|drown|perish|starve|freeze|flee|lose|suffer|(?:be|get)\s+(?:killed|wounded|injured|displaced|hurt|"
    r"shot|forced|evacuated|made|driven)))"
)
_CAUSES = (
    r"(?:kill|wound|injure|maim|cost|claim|leave|displace|force|drive|drown|starve|destroy|flood|take|lose|eliminate|demolish|damage|"
    r"threaten|affect|cause|lead\s+to|result\s+in|mean|bring|make)"
)
_DOES = (
    rf"(?:{_CAUSES}|release|free|send|deploy|withdraw|exchange|swap|evacuate|detain|arrest|deport|expel|recruit|"
    r"mobili[sz]e|dispatch|move|house|build|deliver|give|provide|pay|spend|shell|bomb|execute|shoot|attack|allow|enable|"
    r"permit|let|behead|hang|murder|massacre|slaughter|assassinate|kidnap|abduct|seize|capture|jail|imprison|burn|raze|sink|"
    r"rescue|liberate|repatriate|resettle|relocate|extradite)"
)
_WHOM = (
    r"(?:(?!(?:that|how|who|which|why|when|after|where|because|by|but|and\s+[a-z]+ed)\b)[\w.'’-]+\s+){0,12}?"
)
_FORETOLD_BEFORE = re.compile(
    rf"(?:(?:\b(?:will|would|shall|going\s+to|about\s+to)|['’]ll)\s+{_ADVERB}{_DOES}"
    rf"|\bwould\s+have\s+{_ADVERB}[a-z]+(?:ed|en|left|lost|cost|shot)"
    rf"|\b(?:could|might|may)\s+{_ADVERB}{_CAUSES}"
    # As in "will allow for the return of 12,000", "a plan to destroy 40 homes".
    r"|\b(?:will|would|shall)\s+(?:[a-z]+\s+)?(?:allow|provide|arrange)\s+for\s+(?:the\s+)?[a-z]+\s+of"
    r"|\b(?:plan|plot|threat|threaten|vow|pledge|promise|intend|propose)(?:s|ed|ned|ning|ting|ted|ing|d)?\s+to\s+"
    rf"{_DOES}"
    r"|\b(?:predict|forecast|project|foresee|anticipat)(?:s|ed|es|ing)?(?:\s+that)?"
    # What is asked of somebody, "urged the guards to free and feed the 12", and what one is due to come for.
    rf"|\b(?:ask|urge|order|press|beg|appeal|implore|instruct|request|demand|want|call(?:s|ed|ing)?\s+(?:up)?on)"
    rf"(?:s|d|ed|ing)?\s+{_WHOM}to\s+{_ADVERB}(?:[a-z]+\s+and\s+)?{_DOES}(?:\s+and\s+[a-z]+)?"
    rf"|\b(?:urging|(?:due|set|scheduled|expected|poised|preparing)\s+to|will\s+[a-z]+)\s+{_WHOM}to\s+{_DOES}"
    rf"|\b(?:due|set|scheduled|poised|preparing)\s+to\s+{_DOES}"
    # "Tried to kill two ministers", "failed to free the 12"
    r"|\b(?:tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|fail(?:s|ed|ing)?|refus(?:es?|ed|ing)|hop(?:es?|ed|ing)|"
    r"seek(?:s|ing)?|sought|aim(?:s|ed|ing)?|rac(?:es?|ed|ing)|struggl(?:es?|ed|ing)|efforts?|bid|wait(?:s|ed|ing)?)"
    rf"\s+to\s+{_ADVERB}{_DOES})"
    # "Will visit the families of 12": what is counted behind a preposition is there already.
    r"(?:\s+(?!of\b|for\b|by\b|from\b|with\b|who\b|whose\b|that\b|and\b|after\b)[a-z'’-]+){0,3}\s+\Z"
)
# "The toll could reach 400", "will exceed 400" (whose verb is the figure's bound)
_TOLL_TO_COME = re.compile(
    r"\b(?:toll|number|count|total|figure|tally|deaths|dead|casualties)\b[^.;]{0,60}"
    r"\b(?:could|may|might|will|would|(?:is|are|was|were)\s+(?:likely|expected|set|feared|bound|certain|sure)\s+to)\s+"
    r"(?:(?:well|still|yet|soon|eventually|even)\s+)?"
    r"(?:(?:rise|climb|reach|grow|go|increase|hit|jump|soar|pass)\s+(?:up\s+|further\s+)?"
    r"(?:to\s+|past\s+|beyond\s+|as\s+high\s+as\s+)?)?\Z"
)
_OWN_OBJECT = re.compile(
    r"\b(?:take|make|give|build|move|lose|leave|cause|bring|pay|provide|house)\s+"
    r"(?!(?:the|all|its|their|his|her|another|about|some|more|only|up|at|as|nearly|over)\b)[a-z]+\s+\Z"
)
_OWN_VERB = re.compile(
    r"(?:\s+(?!who\b|which\b|that\b)[a-z'’-]+){0,3}?\s+(?:were|was|had\s+been|have\s+been|died)\b"
)
_COUNTS_PAST = re.compile(r"(?:\s+[a-z]+)?\s+(?:killed|dead|wounded|injured|missing|who|whose)\b")
_LEAVES = re.compile(r"\b(?:leave|see|left)\b[^,;]{0,30}\Z")
# "If it is the strain that has killed 60", "whether they stay after 60 men died": that they died is told.
_WHICH_HAS = re.compile(
    r"\b(?:that|which|who)\s+(?:(?:has|have|had)\s+(?:[a-z]+ly\s+|also\s+|already\s+)?[a-z]+|[a-z]+ed|left|took|"
    r"cost|shot|hit|struck|beat|held|drove|blew|sank)\s+\Z"
    r"|\b(?:after|because)\s+(?:[\w'’-]+\s+){0,4}\Z"
)
_IF = re.compile(
    r"(?<!\bas\s)\b(?:if|whether|unless|lest)\s+(?!not\b|any\b|confirmed\b|true\b|only\b)[^,;:]*\Z"
)
# "Carried out its threat to demolish 40 homes", "vowed to kill 40 men and did": it is done.
_CARRIED_OUT = re.compile(
    r"(?<!\bnot\s)(?<!\bnever\s)(?<!n['’]t\s)\b(?:(?:carried|carrying)\s+out|made\s+good\s+on|"
    r"(?:followed|gone)\s+through\s+(?:on|with)|went\s+through\s+with|(?:delivered|acted)\s+on|fulfilled|"
    r"fulfilling|honou?red|kept|implemented|implementing)\s+(?:(?:an?|the|its|his|her|their)\s+)?(?:[a-z]+\s+)?\Z"
)
_WAS_DONE = re.compile(
    r"[^.;]{0,60}?(?:\band\s+(?:then\s+|later\s+|duly\s+)?did(?:\s+(?:so|it|just\s+that)\b|\s*(?:[.,;]|\Z))"
    r"|\b(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:[a-z]+ly\s+|later\s+|since\s+|then\s+)?"
    r"(?<!not\s)(?<!never\s)(?<!hardly\s)"
    r"(?:kept|carried\s+out|honou?red|fulfilled|implemented|executed|realised|realized|put\s+into\s+effect)\b)"
)
_FOUND_ALIVE = re.compile(
    r"[^.;]{0,60}?\b(?:believed|presumed|thought|feared|assumed|reported|declared|listed|pronounced|"
    r"counted|registered|recorded)\s+"
    r"(?:to\s+(?:be|have\s+been)\s+|as\s+)?(?:dead|killed|lost)\b[^.;]{0,60}?\b(?:alive|unharmed|unhurt|safe)\b"
)


def reading_of(lower: str, sentence: Span, figure: Span, until: int) -> Reading:
    """Tell whether the words of a sentence let a figure stand; the next figure begins at `until`."""
    before = lower[max(sentence.start, figure.start - _REACH) : figure.start]
    after = lower[figure.end : min(sentence.end, figure.end + _REACH)]
    clause = before[max((match.end() for match in _BREAK.finditer(before)), default=0) :]
    instead = _INSTEAD_OF.search(clause) is not None
    formerly = _FORMERLY_BEHIND.match(after) is not None
    if instead:
        return "retracted" if formerly or _FORMERLY.search(before) else "denied"
    if _TAKEN_BACK.search(clause):
        return "retracted"
    if _denies(clause) and not (_RELATIVELY.search(clause) and _CREDITED.match(after)):
        return "denied"
    if _FOUND_ALIVE.match(lower, figure.end, min(until, figure.end + _REACH)):
        return "retracted"
    behind = _said_behind(after, of_report=_REPORT_OF.search(clause) is not None)
    if behind != "held":
        return behind
    if _is_supposed(before, after):
        return "supposed"
    if _CHANGED_TO.search(before):
        return "newer"
    changed = _CHANGED_FROM.search(before) or _COMPARED_WITH.search(before)
    if changed is not None and _OF_ANOTHER_TIME.match(after) is not None:
        return "earlier"
    former = formerly or _CHANGED_FROM.search(before) or _FORMERLY.search(clause)
    return "former" if former else "held"


def _is_supposed(before: str, after: str) -> bool:
    """Whether a figure is of what would or will happen: "10,000 people will die", "if 40 men cross"."""
    if _FORETOLD_BEHIND.match(after):
        return True
    if _IF.search(before):
        return _WHICH_HAS.search(before) is None
    if _TOLL_TO_COME.search(before):
        return True
    foretold = _FORETOLD_BEFORE.search(before)
    if foretold is not None and _OWN_OBJECT.search(before) and _OWN_VERB.match(after):
        return False  # "as they tried to take cover 12 men were hit"
    if foretold is None or _CARRIED_OUT.search(before, 0, foretold.start()) or _WAS_DONE.match(after):
        return False
    # "Will free 40 detained men", "will bury 12 killed there"; but "could leave 40 dead".
    return _COUNTS_PAST.match(after) is None or _LEAVES.search(before) is not None


def _denies(clause: str) -> bool:
    return any(
        _AFFIRMED.search(clause, 0, match.start()) is None and not _has_ended(clause, match)
        for match in _DENIES.finditer(clause)
    )


def _has_ended(clause: str, denial: re.Match[str]) -> bool:
    """Whether what is said after a denial is no longer denied."""
    if clause.find(",", denial.end()) >= 0 and _RELATIVE.search(clause, 0, denial.start()):
        return True
    of_clause = _THAT.search(clause, denial.start(), denial.end() + len(" that")) is not None
    for verb in _FINITE.finditer(clause, denial.end()):
        joints = [joint.end() for joint in _PARTS_CLAUSES.finditer(clause, denial.end(), verb.start())]
        # "Denied that the other side said so" denies it still, "denied that ..., and said" does not.
        if not joints and of_clause:
            continue
        if not joints or _SUBORDINATE.match(clause, joints[-1]) is None:
            return True
    return False


def _said_behind(after: str, *, of_report: bool) -> Standing:
    """Read ", a figure it later withdrew", "were wrong" of reports, "but later retracted the claim".

    What another party denies is still held by the one who said it: ", a figure the government denies".
    """
    if _TOOK_BACK.search(after):
        return "retracted"
    apposed = _BEHIND.match(after) or _BEHIND.search(after)
    if apposed is not None and _TAKE_BACK.search(apposed.group()):
        return "retracted"
    said = after if of_report else apposed.group() if apposed is not None else ""
    # The last: "reports that 30 troops were withdrawn are false".
    judged = next(reversed(list(verdicts().finditer(said))), None)
    if judged is None:
        if _TOO_LOW.search(said):
            return "retracted"
        return "held"
    return "retracted" if judged["word"] in outcome_words().retracting else "denied"


@cache
def verdicts() -> re.Pattern[str]:
    """Return how a report is said to be wrong; `word` is the one word that says so, where it is one."""
    table = outcome_words()
    return re.compile(
        rf"\b{_IS}(?P<word>{either(table.rejecting | table.retracting)})\b"
        # "Do not correspond to reality", "have no basis in fact", "far from the truth"
        r"|(?:\bnot|n['’]t)\s+(?:correspond|conform|match|reflect|accord|tally|square|hold|stand)\b[^.;,]{0,40}"
        r"|\b(?:has|have|had)\s+no\s+(?:basis|foundation|truth|grounds?|relation|bearing)\b"
        r"|\b(?:is|are|was|were)\s+(?:not\s+true|far\s+from\s+(?:the\s+)?(?:truth|true)|without\s+(?:any\s+)?"
        r"(?:basis|foundation)|[\"“]?(?:an?\s+)?[\"“]?(?:[a-z]+\s+)?(?:lies?|fabrications?|inventions?|fantas(?:y|ies)|nonsense))\b"
        r"|\black(?:s|ed)?\s+(?:any|all)?\s*(?:basis|foundation)\b"
    )


def standing(one: Quantity, reading: Reading, others: Sequence[Quantity]) -> Standing:
    """Return how a figure stands beside the `others` of its sentence that are held."""
    if reading == "newer" or reading == "earlier":  # noqa: PLR1714 - a set would not narrow the type
        return "held"
    if reading != "former":
        return reading
    return "retracted" if any(_counts_the_same(one, other) for other in others) else "held"


def _counts_the_same(one: Quantity, other: Quantity) -> bool:
    if one.kind != other.kind or one.span == other.span:
        return False
    if is_bare(one) or is_bare(other):
        return True
    whom = one.population == other.population or "person" in {one.unit, other.unit} - {one.unit, None}
    return one.outcome == other.outcome and (whom or None in {one.population, other.population})


def is_bare(one: Quantity) -> bool:
    """Whether a figure tells of nothing what it counts: "not 23", "up from 11"."""
    return one.kind == "count" and one.unit is None and one.outcome is None
