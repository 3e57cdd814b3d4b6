"""The stable ids. They stand in the database, in content files and in exports: add freely, rename never."""

from enum import StrEnum


class PhaseId(StrEnum):
    """Phases of the sales conversation, in the order of the method."""

    RELATIONSHIP = "relationship"
    ANALYSIS = "analysis"
    PRESENTATION = "presentation"
    NEGOTIATION = "negotiation"
    CLOSING = "closing"
    FOLLOW_UP = "follow_up"


class ObjectionGroup(StrEnum):
    """What an objection (Einwand) is about; the groups of the list to choose from."""

    PRICE = "price"
    TIMING = "timing"
    AUTHORITY = "authority"
    NEED = "need"
    TRUST = "trust"
    PRODUCT = "product"
    TERMS = "terms"
    PRETEXT = "pretext"
    CONTACT = "contact"


class ObjectionId(StrEnum):
    """Objections (Einwände); a pretext (Vorwand) is treated as a disguised one."""

    PRICE_TOO_HIGH = "price_too_high"
    COMPETITOR_CHEAPER = "competitor_cheaper"
    DISCOUNT_DEMAND = "discount_demand"
    NO_BUDGET = "no_budget"
    NO_TIME = "no_time"
    THINK_IT_OVER = "think_it_over"
    LATER = "later"
    NOT_DECISION_MAKER = "not_decision_maker"
    INTERNAL_VETO = "internal_veto"
    NO_NEED = "no_need"
    SATISFIED_WITH_SUPPLIER = "satisfied_with_supplier"
    NO_INTEREST = "no_interest"
    IN_HOUSE = "in_house"
    COMPANY_TOO_SMALL = "company_too_small"
    UNKNOWN_COMPANY = "unknown_company"
    BAD_EXPERIENCE = "bad_experience"
    DOUBT_BENEFIT = "doubt_benefit"
    REFERENCES_WANTED = "references_wanted"
    MISSING_FEATURE = "missing_feature"
    TOO_COMPLEX = "too_complex"
    DELIVERY_TIME = "delivery_time"
    QUALITY_DOUBT = "quality_doubt"
    FEAR_OF_CHANGE = "fear_of_change"
    ORDER_SIZE = "order_size"
    CONTRACT_BOUND = "contract_bound"
    CONTRACT_TERMS = "contract_terms"
    DATA_PROTECTION = "data_protection"
    COMPARISON_OFFERS = "comparison_offers"
    SEND_INFORMATION = "send_information"
    DO_NOT_CONTACT = "do_not_contact"


class SignalId(StrEnum):
    """Buying signals (Kaufsignale): what the seller sees or hears."""

    NODS_AGREEMENT = "nods_agreement"
    RELAXES = "relaxes"
    SMILES = "smiles"
    HANDLES_PRODUCT = "handles_product"
    ASKS_PRICE = "asks_price"
    ASKS_DELIVERY_TIME = "asks_delivery_time"
    BRINGS_IN_COLLEAGUE = "brings_in_colleague"
    ASKS_WARRANTY_SUPPORT = "asks_warranty_support"
    IMAGINES_USE = "imagines_use"


class ClosingId(StrEnum):
    """Closing techniques (Abschlusstechniken)."""

    EXPLICIT_AGREEMENT = "explicit_agreement"
    ASSUMPTIVE_CLOSE = "assumptive_close"
    REQUEST_TO_BUY = "request_to_buy"
    ALTERNATIVE_CLOSE = "alternative_close"
    ACCELERATION_CLOSE = "acceleration_close"
    SUMMARY_CLOSE = "summary_close"
    PARTIAL_DECISION = "partial_decision"
    TRIAL_ORDER = "trial_order"
    CONCESSION_CLOSE = "concession_close"
    DIRECT_QUESTION = "direct_question"
    WEIGH_UP = "weigh_up"
    RECOMMENDATION = "recommendation"
    CONDITIONAL_CLOSE = "conditional_close"
    MUTUAL_PLAN = "mutual_plan"
    NEXT_STEP_CLOSE = "next_step_close"
    REFERENCE_CLOSE = "reference_close"
    RISK_REVERSAL = "risk_reversal"


class OutcomeId(StrEnum):
    """What came of a conversation; `postponed` keeps it open."""

    WON = "won"
    LOST = "lost"
    POSTPONED = "postponed"
    NO_DECISION = "no_decision"
    CANCELLED = "cancelled"


class LossReasonId(StrEnum):
    """Why a customer stayed with no."""

    CHEAPER_OFFER = "cheaper_offer"
    OVERRULED_INTERNALLY = "overruled_internally"
    WISHES_UNMET = "wishes_unmet"
    INFORMATION_WITHHELD = "information_withheld"
    COMPARISON_ONLY = "comparison_only"
    NO_BUDGET = "no_budget"
    NO_NEED = "no_need"
    OTHER = "other"


class TargetGroupId(StrEnum):
    """Whom is sold to; decides net or gross prices and how contact is allowed."""

    B2B = "b2b"
    FREELANCE_PROFESSION = "freelance_profession"
    B2C = "b2c"
    B2G = "b2g"


class AcquisitionId(StrEnum):
    """How the contact came about."""

    COLD = "cold"
    WARM = "warm"
    INBOUND = "inbound"
    OUTBOUND = "outbound"
    REFERRAL = "referral"
    EXISTING_CUSTOMER = "existing_customer"


class AppointmentKind(StrEnum):
    """Kinds of appointments (Terminarten)."""

    VISIT = "visit"
    SALES_TALK = "sales_talk"
    WEB_CALL = "web_call"
    PHONE_CALL = "phone_call"
    DEMO = "demo"
    COLD_CALL_BLOCK = "cold_call_block"
    INTERNAL = "internal"


class FollowUpTaskId(StrEnum):
    """The ten tasks of the follow-up (Nachbereitung)."""

    EMOTIONAL_CONFIRMATION = "emotional_confirmation"
    ORDER_MONITORING = "order_monitoring"
    CUSTOMER_POTENTIAL = "customer_potential"
    UP_CROSS_SELLING = "up_cross_selling"
    CUSTOMER_DATA = "customer_data"
    COMMUNICATION_CONCEPT = "communication_concept"
    ACTION_PLAN = "action_plan"
    PRESENCE_OF_MIND = "presence_of_mind"
    REFERRAL_REQUEST = "referral_request"
    SELF_REVIEW = "self_review"


class TechniqueId(StrEnum):
    """Techniques of answering an objection (Antworttechniken); what helped is counted per objection and technique."""

    COUNTER_QUESTION = "counter_question"
    SPECIFY = "specify"
    ISOLATE = "isolate"
    HYPOTHESIS = "hypothesis"
    EXPLORE_CONDITION = "explore_condition"
    OPEN_UP = "open_up"
    ANTICIPATE = "anticipate"
    DEFER = "defer"
    YES_AND = "yes_and"
    CONDITIONAL_AGREEMENT = "conditional_agreement"
    BOOMERANG = "boomerang"
    PLUS_MINUS = "plus_minus"
    COMPARISON = "comparison"
    REFERENCE = "reference"
    PROOF = "proof"
    BREAK_DOWN = "break_down"
    DIFFERENCE = "difference"
    COST_OF_INACTION = "cost_of_inaction"
    VALUE_SANDWICH = "value_sandwich"
    REFRAME = "reframe"
    FEEL_FELT_FOUND = "feel_felt_found"
    CHANGE_PERSPECTIVE = "change_perspective"
    TRADE = "trade"
    OPEN_WITHDRAWAL = "open_withdrawal"


class Fairness(StrEnum):
    """How fair an answer or a closing technique is to the customer."""

    FAIR = "fair"
    WITH_CARE = "with_care"
    """Says what to mind."""
    MANIPULATIVE = "manipulative"
    """Never suggested; only explained, to be recognised and fended off."""


class FunnelStage(StrEnum):
    """Stages of the sales funnel (Trichter)."""

    AWARENESS = "awareness"
    INTEREST = "interest"
    DECISION = "decision"
    ACTION = "action"
    RETENTION = "retention"


class FunnelLevel(StrEnum):
    """Where in the funnel a stage lies: top, middle or bottom."""

    TOFU = "tofu"
    MOFU = "mofu"
    BOFU = "bofu"


class LeadQuality(StrEnum):
    """How near to buying a prospect is (Lead-Güte), as the seller judges it."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


class OfferKind(StrEnum):
    """What is sold (Art des Produkts)."""

    GOODS = "goods"
    SERVICE = "service"
    PROJECT = "project"


class ConcessionId(StrEnum):
    """What to ask for in return for a lower price (Gegenleistung)."""

    QUANTITY = "quantity"
    PREPAYMENT = "prepayment"
    REFERENCE = "reference"
    SMALLER_SCOPE = "smaller_scope"
    LONGER_CONTRACT = "longer_contract"
    CALL_OFF = "call_off"
    TERM = "term"
    """An earlier due date (Zahlungsziel)."""


class QuestionTopic(StrEnum):
    """What a question of the question bank (Fragensammlung) finds out."""

    SITUATION = "situation"
    PROBLEM = "problem"
    CONSEQUENCE = "consequence"
    VALUE = "value"
    DECISION_PROCESS = "decision_process"
    BUDGET = "budget"
    TIME = "time"


class HardshipTheme(StrEnum):
    """What makes selling hard in a month; what sellers say is counted by these and not kept."""

    PRICE = "price"
    DELIVERY = "delivery"
    PRODUCT = "product"
    LEADS = "leads"
    MATERIAL = "material"
    APPROVALS = "approvals"
    COMPETITION = "competition"
    PROCESSES = "processes"
    OTHER = "other"


class Country(StrEnum):
    """Countries whose rules of contact are known (ISO 3166)."""

    DE = "DE"
    AT = "AT"
    CH = "CH"
