"""Costings that others have published, with the numbers they print, to the cent. Recomputed by hand.

A row: where it stands, what is given, what comes out (with the profit rate in per cent to two places, where printed).
"""

from dataclasses import dataclass

from tests.knowledge.accounting.costings import Json


@dataclass(frozen=True)
class Published:
    """One published costing."""

    source: str
    given: Json
    printed: dict[str, str]
    profit_percent: str = ""


PUBLISHED = (
    Published(
        "Modellrechnung zum BAB: Zuschlagssätze 12 %, 42 %, 26,5 % und 79/983 auf die Einzelkosten der Periode",
        {
            "direct_material": "525",
            "material_overhead_rate": "12%",
            "production": [
                {"name": "Fertigung I", "wages": "100", "overhead_rate": "42%"},
                {"name": "Fertigung II", "wages": "200", "overhead_rate": "26.5%"},
            ],
            "administration_sales_rate": "79/983",
        },
        {
            "material_cost": "588",
            "production_overheads.1": "42",
            "production_overheads.2": "53",
            "production_cost": "395",
            "manufacturing_cost": "983",
            "administration_sales_overheads": "79",
            "full_cost": "1062",
        },
    ),
    Published(
        "Fallstudie zum einstufigen BAB, Mai 2013: Herstellkosten 1.006.700, Verwaltung 17,93 %",
        {
            "direct_material": "360000",
            "material_overhead_rate": "84200/360000",
            "production": [{"wages": "450000", "overhead_rate": "25%"}],
            "administration_rate": "180500/1006700",
            "sales_rate": "36800/1006700",
        },
        {
            "material_cost": "444200",
            "production_cost": "562500",
            "manufacturing_cost": "1006700",
            "administration_overheads": "180500",
            "sales_overheads": "36800",
            "full_cost": "1224000",
        },
    ),
    Published(
        "kommundsieh.de, Zuschlagskalkulation als Vorkalkulation: drei Fertigungsstellen mit Stunden",
        {
            "rounding": "cent",
            "direct_material": "1200",
            "material_overhead_rate": "10%",
            "production": [
                {"hours": "34", "hourly_rate": "14", "overhead_rate": "60%"},
                {"hours": "28", "hourly_rate": "12.50", "overhead_rate": "70%"},
                {"hours": "15", "hourly_rate": "18", "overhead_rate": "85%"},
            ],
            "administration_rate": "20%",
            "sales_rate": "8%",
        },
        {
            "production_wages.1": "476",
            "production_overheads.1": "285.60",
            "production_wages.2": "350",
            "production_overheads.2": "245",
            "production_wages.3": "270",
            "production_overheads.3": "229.50",
            "production_cost": "1856.10",
            "manufacturing_cost": "3176.10",
            "administration_overheads": "635.22",
            "sales_overheads": "254.09",
            "full_cost": "4065.41",
        },
    ),
    Published(
        "com-design.org, Kostenrechnung Lektion 10, Kostenträgerblatt (BAB II): Mehr- und Minderbestand",
        {
            "direct_material": "135000",
            "material_overhead_rate": "50%",
            "production": [{"wages": "240000", "overhead_rate": "110%"}],
            "stock": {"increase": "2000", "decrease": "15000"},
            "administration_rate": "15%",
            "sales_rate": "6%",
        },
        {
            "material_cost": "202500",
            "production_cost": "504000",
            "manufacturing_cost": "706500",
            "manufacturing_cost_of_sales": "719500",
            "administration_overheads": "107925",
            "sales_overheads": "43170",
            "full_cost": "870595",
        },
    ),
    Published(
        "com-design.org, Kostenrechnung Lektion 8, Rückwärtskalkulation „idyllic“",
        {
            "direction": "backward",
            "rounding": "cent",
            "gross_price": "1450",
            "vat_rate": "16%",
            "trade_discount_rate": "33 1/3%",
            "cash_discount_rate": "3%",
            "commission_rate": "4%",
            "profit_rate": "25%",
            "administration_sales_rate": "12%",
            "production": [{"wages": "102", "overhead_rate": "115%"}],
            "material_overhead_rate": "12.5%",
        },
        {
            "vat": "200",
            "list_price": "1250",
            "trade_discount": "416.67",
            "credit_price": "833.33",
            "cash_discount": "25",
            "commission": "33.33",
            "cash_price": "775",
            "profit": "155",
            "full_cost": "620",
            "administration_sales_overheads": "66.43",
            "manufacturing_cost": "553.57",
            "production_overheads": "117.30",
            "production_cost": "219.30",
            "material_cost": "334.27",
            "direct_material": "297.13",
        },
        "25.00",
    ),
    Published(
        "b3-azubis-18.de, BWP 10, Differenzkalkulation eines Rohlings, jede Zeile auf Cent",
        {
            "direction": "difference",
            "rounding": "cent",
            "direct_material": "0.45",
            "material_overhead_rate": "8.35%",
            "production": [{"wages": "0.17", "overhead_rate": "174%"}],
            "special_direct_costs_production": "0.06",
            "administration_rate": "14.14%",
            "sales_rate": "5.83%",
            "list_price": "1.39",
            "cash_discount_rate": "3%",
            "trade_discount_rate": "5%",
        },
        {
            "material_overheads": "0.04",
            "material_cost": "0.49",
            "production_overheads": "0.30",
            "production_cost": "0.53",
            "manufacturing_cost": "1.02",
            "administration_overheads": "0.14",
            "sales_overheads": "0.06",
            "full_cost": "1.22",
            "profit": "0.06",
            "cash_price": "1.28",
            "cash_discount": "0.04",
            "credit_price": "1.32",
            "trade_discount": "0.07",
            "list_price": "1.39",
        },
        "4.92",
    ),
    Published(
        "Prüfungsaufgabe Spezialmaschine (bereitsgesehen.de, Vor- und Nachkalkulation): 12 % Gewinn",
        {
            "direction": "difference",
            "direct_material": "8420",
            "material_overhead_rate": "10.5%",
            "production": [{"wages": "3720", "overhead_rate": "145%"}],
            "special_direct_costs_production": "890",
            "administration_sales_rate": "13.7%",
            "list_price": "29517.06",
            "trade_discount_rate": "15%",
            "cash_discount_rate": "2%",
        },
        {"manufacturing_cost": "19308.10", "full_cost": "21953.31", "cash_price": "24587.71", "profit": "2634.40"},
        "12.00",
    ),
    Published(
        "bwrspicker.de, Verkaufskalkulation vorwärts: aus 100 Selbstkosten 118,15",
        {
            "rounding": "cent",
            "full_cost": "100",
            "profit_rate": "10%",
            "cash_discount_rate": "2%",
            "trade_discount_rate": "5%",
        },
        {
            "profit": "10",
            "cash_price": "110",
            "cash_discount": "2.24",
            "credit_price": "112.24",
            "trade_discount": "5.91",
            "list_price": "118.15",
        },
        "10.00",
    ),
    Published(
        "bwrspicker.de, Verkaufskalkulation rückwärts: Haustür für 3.200, Selbstkosten 2.482,67",
        {
            "direction": "backward",
            "rounding": "cent",
            "list_price": "3200",
            "trade_discount_rate": "5%",
            "cash_discount_rate": "2%",
            "profit_rate": "20%",
        },
        {
            "trade_discount": "160",
            "credit_price": "3040",
            "cash_discount": "60.80",
            "cash_price": "2979.20",
            "profit": "496.53",
            "full_cost": "2482.67",
        },
        "20.00",
    ),
    Published(
        "sabiocity.com, Warenkalkulation: Listeneinkaufspreis 50, Bezugskosten 1,94",
        {
            "scheme": "trade",
            "rounding": "cent",
            "purchase": {
                "list_price": "50",
                "trade_discount_rate": "20%",
                "cash_discount_rate": "3%",
                "delivery_costs": "1.94",
            },
            "handling_rate": "30%",
            "profit_rate": "10%",
        },
        {
            "purchase_trade_discount": "10",
            "target_purchase_price": "40",
            "purchase_cash_discount": "1.20",
            "cash_purchase_price": "38.80",
            "purchase_cost": "40.74",
            "handling_costs": "12.22",
            "full_cost": "52.96",
            "profit": "5.30",
            "cash_price": "58.26",
        },
    ),
    Published(
        "lernnetz24.de, BWL 5.17, Differenzkalkulation mit Vertriebsprovision: Aktenschrank (Verkauf von Hand)",
        {
            "direction": "difference",
            "scheme": "trade",
            "rounding": "cent",
            "purchase": {
                "list_price": "1000",
                "trade_discount_rate": "50%",
                "cash_discount_rate": "2%",
                "delivery_costs": "10",
            },
            "handling_rate": "50%",
            "list_price": "1000",
            "trade_discount_rate": "2%",
            "commission_rate": "3%",
            "cash_discount_rate": "2%",
        },
        {
            "purchase_trade_discount": "500",
            "cash_purchase_price": "490",
            "purchase_cost": "500",
            "full_cost": "750",
            "credit_price": "980",
            "commission": "29.40",
            "cash_discount": "19.60",
            "cash_price": "931",
            "profit": "181",
        },
        "24.13",
    ),
    Published(
        "studylibde.com 10947968, Einkaufskalkulation: drei Fenster, zwei bezahlt",
        {
            "scheme": "trade",
            "purchase": {
                "list_price": "600",
                "trade_discount_rate": "33 1/3%",
                "cash_discount_rate": "3%",
                "delivery_costs": "20",
            },
        },
        {
            "purchase_trade_discount": "200",
            "target_purchase_price": "400",
            "purchase_cash_discount": "12",
            "cash_purchase_price": "388",
            "purchase_cost": "408",
        },
    ),
    Published(
        "Westermann Schweiz, Kalkulation im Handelsbetrieb (ISBN 978-3-85612-020-7), S. 15: Verkaufssonderkosten "
        "nach dem Reingewinn",
        {
            "scheme": "trade",
            "purchase": {
                "list_price": "1200",
                "trade_discount_rate": "10%",
                "cash_discount_rate": "2%",
                "delivery_costs": "41.60",
            },
            "handling_rate": "80%",
            "special_direct_costs_sales": "33",
            "special_direct_costs_sales_in_profit_base": False,
            "profit_rate": "15%",
            "cash_discount_rate": "1%",
            "trade_discount_rate": "5%",
            "vat_rate": "8.1%",
        },
        {
            "purchase_trade_discount": "120",
            "target_purchase_price": "1080",
            "purchase_cash_discount": "21.60",
            "cash_purchase_price": "1058.40",
            "purchase_cost": "1100",
            "handling_costs": "880",
            "full_cost": "2013",  # printed as 1980 own cost, the 33 after the profit
            "profit": "297",
            "cash_price": "2310",
            "cash_discount": "23.33",
            "credit_price": "2333.33",
            "trade_discount": "122.81",
            "list_price": "2456.14",
            "vat": "198.95",
        },
        "15.00",
    ),
)
