"""What sellers type behind /wissen, and an entry that has to be among the first three then. Written before the tuning.

An entry is `kind.id`; where several answer as well, any of them will do.
"""

from typing import Final

GERMAN: Final = """
zu teuer                    objection.price_too_high
zuteuer                     objection.price_too_high
teuer                       objection.price_too_high
rabatt                      objection.discount_demand
rabat                       objection.discount_demand
nachlass                    objection.discount_demand
kein budget                 objection.no_budget
budget                      objection.no_budget questions.budget
wettbewerb günstiger        objection.competitor_cheaper
wettbewerb guenstiger       objection.competitor_cheaper
mitbewerber billiger        objection.competitor_cheaper
keine zeit                  objection.no_time
überlegen                   objection.think_it_over
ueberlegen                  objection.think_it_over
uberlegen                   objection.think_it_over
später melden               objection.later
chef fragen                 objection.not_decision_maker
entscheider                 objection.not_decision_maker questions.decision_process
zentrale                    objection.internal_veto
kein bedarf                 objection.no_need
bestehender lieferant       objection.satisfied_with_supplier
lieferant                   objection.satisfied_with_supplier
kein interesse              objection.no_interest
keininteresse               objection.no_interest
machen wir selbst           objection.in_house
zu klein                    objection.company_too_small
firma unbekannt             objection.unknown_company
schlechte erfahrung         objection.bad_experience
schlechte erfahrungen       objection.bad_experience
zweifel am nutzen           objection.doubt_benefit
referenzen                  objection.references_wanted closing.reference_close
funktion fehlt              objection.missing_feature
zu aufwendig                objection.too_complex
umstellung                  objection.too_complex objection.fear_of_change
lieferzeit                  objection.delivery_time signal.asks_delivery_time
liferzeit                   objection.delivery_time signal.asks_delivery_time
qualität                    objection.quality_doubt
qualitaet                   objection.quality_doubt
qualitat                    objection.quality_doubt
mindestmenge                objection.order_size
laufzeit                    objection.contract_terms
vertrag                     objection.contract_bound objection.contract_terms
vertraglich gebunden        objection.contract_bound
datenschutz                 objection.data_protection
datenschuz                  objection.data_protection
dsgvo                       objection.data_protection objection.do_not_contact
vergleichsangebote          objection.comparison_offers
unterlagen                  objection.send_information
unterlagen schicken         objection.send_information
keine werbung               objection.do_not_contact
woher nummer                objection.do_not_contact
probeauftrag                closing.trial_order
teilentscheidung            closing.partial_decision
zusammenfassung             closing.summary_close
alternativabschluss         closing.alternative_close
alternativ                  closing.alternative_close
garantie                    closing.risk_reversal signal.asks_warranty_support objection.quality_doubt
bedingter abschluss         closing.conditional_close
nächster schritt            closing.next_step_close
naechster schrit            closing.next_step_close
umsetzungsplan              closing.mutual_plan
nickt                       signal.nods_agreement
lächelt                     signal.smiles
fragt nach dem preis        signal.asks_price
kaufsignal liefertermin     signal.asks_delivery_time
bedarfsanalyse              phase.analysis questions.situation questions.problem
analyse                     phase.analysis
präsentation                phase.presentation
presentation                phase.presentation
verhandlung                 phase.negotiation
nachbereitung               phase.follow_up
beziehungsphase             phase.relationship
fragen zum problem          questions.problem
folgen                      questions.consequence
entscheidungsprozess        questions.decision_process
empfehlung                  task.referral_request closing.recommendation
weiterempfehlung            task.referral_request closing.recommendation
cross selling               task.up_cross_selling
crossselling                task.up_cross_selling
kundendaten                 task.customer_data
selbstkritik                task.self_review
interesse                   stage.interest objection.no_interest
kundenbindung               stage.retention
preisgesprch                lesson.too_expensive lesson.price_plain objection.price_too_high
einwande                    lesson.four_steps lesson.objection_gift lesson.first_discomfort
kaltakquise                 lesson.right_person lesson.relevant_hook lesson.call_presumed_interest
schweigen                   lesson.silence
stille aushalten            lesson.silence
vorwand                     lesson.pretext
smalltalk                   lesson.first_minutes
skonto                      lesson.discount_planned_in objection.discount_demand
bab                         lesson.bab_for_sellers
zuschlagssatz               lesson.overhead_rate
preisuntergrenze            lesson.price_floors
trichter                    lesson.funnel_stages
ausschreibung               lesson.tender_running
abc kunden                  lesson.abc_potential task.customer_potential
manipulation                lesson.fair_or_manipulative
ja leiter                   trick.yes_ladder
email werbung               lesson.mail_is_stricter
kaltanruf österreich        rule.at_call
um empfehlung bitten        lesson.ask_referral task.referral_request
testabschluss               lesson.trial_close
findet er zu teuer          objection.price_too_high
der kunde sagt die lieferzeit ist zu lang   objection.delivery_time
was tun wenn der chef nicht dabei ist       objection.not_decision_maker lesson.who_decides
"""

ENGLISH: Final = """
too expensive               objection.price_too_high
to expensive                objection.price_too_high
expensiv                    objection.price_too_high
discount                    objection.discount_demand
discout                     objection.discount_demand
no budget                   objection.no_budget
budget                      objection.no_budget questions.budget
competitor cheaper          objection.competitor_cheaper
cheaper                     objection.competitor_cheaper
no time                     objection.no_time
think it over               objection.think_it_over
think about it              objection.think_it_over
later                       objection.later
ask the boss                objection.not_decision_maker
decision maker              objection.not_decision_maker questions.decision_process
head office                 objection.internal_veto
no need                     objection.no_need
happy with supplier         objection.satisfied_with_supplier
suplier                     objection.satisfied_with_supplier
not interested              objection.no_interest
in house                    objection.in_house
inhouse                     objection.in_house
do it ourselves             objection.in_house
too small                   objection.company_too_small
unknown company             objection.unknown_company
never heard of you          objection.unknown_company
bad experience              objection.bad_experience
burnt before                objection.bad_experience
doubts the benefit          objection.doubt_benefit
references                  objection.references_wanted closing.reference_close
missing feature             objection.missing_feature
too complex                 objection.too_complex
too much effort             objection.too_complex
delivery time               objection.delivery_time signal.asks_delivery_time
lead time                   objection.delivery_time signal.asks_delivery_time
quality                     objection.quality_doubt
qualty                      objection.quality_doubt
fear of change              objection.fear_of_change
always done it              objection.fear_of_change
minimum quantity            objection.order_size
minimum order               objection.order_size
contract term               objection.contract_terms objection.contract_bound
bound by contract           objection.contract_bound
data protection             objection.data_protection
gdpr                        objection.data_protection objection.do_not_contact
comparing offers            objection.comparison_offers
other quotes                objection.comparison_offers
send information            objection.send_information
brochure                    objection.send_information
do not contact              objection.do_not_contact
stop calling                objection.do_not_contact lesson.do_not_contact
trial order                 closing.trial_order
summary                     closing.summary_close
alternative close           closing.alternative_close
alternatives                closing.alternative_close
guarantee                   closing.risk_reversal signal.asks_warranty_support objection.quality_doubt
conditional close           closing.conditional_close
next step                   closing.next_step_close
mutual plan                 closing.mutual_plan
recommendation              closing.recommendation task.referral_request
nods                        signal.nods_agreement
smiles                      signal.smiles
asks for the price          signal.asks_price
warranty                    signal.asks_warranty_support objection.quality_doubt closing.risk_reversal
analysis                    phase.analysis
analisys                    phase.analysis
presentation                phase.presentation
negotiation                 phase.negotiation
negociation                 phase.negotiation
follow up                   phase.follow_up
followup                    phase.follow_up
questions about the problem questions.problem
consequences                questions.consequence
decision process            questions.decision_process
referral                    task.referral_request
cross selling               task.up_cross_selling
crossselling                task.up_cross_selling
customer data               task.customer_data
retention                   stage.retention
awareness                   stage.awareness
price talk                  lesson.too_expensive lesson.price_plain objection.price_too_high
objectons                   lesson.four_steps lesson.objection_gift
cold calling                lesson.right_person lesson.relevant_hook lesson.call_presumed_interest lesson.do_not_contact
silence                     lesson.silence
pretext                     lesson.pretext
small talk                  lesson.first_minutes
cost allocation sheet       lesson.bab_for_sellers
price floor                 lesson.price_floors
funnel                      lesson.funnel_stages
tender                      lesson.tender_running
abc customers               lesson.abc_potential task.customer_potential
manipulation                lesson.fair_or_manipulative
yes ladder                  trick.yes_ladder
email marketing             lesson.mail_is_stricter
cold call austria           rule.at_call
trial close                 lesson.trial_close
he finds it too expensive   objection.price_too_high
customer says delivery takes too long       objection.delivery_time
"""


def queries(lines: str) -> list[tuple[str, frozenset[str]]]:
    """(query, entries of which one has to be found) of each line."""
    pairs = []
    for line in lines.strip().splitlines():
        query, _, entries = line.partition("  ")
        if "." not in entries:  # a query as long as the column
            query, _, entries = line.rpartition(" ")
        pairs.append((query.strip(), frozenset(entries.split())))
    return pairs
