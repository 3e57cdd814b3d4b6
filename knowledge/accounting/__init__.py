"""Cost accounting: the BAB (cost distribution sheet), costing, machine-hour rates and price floors.

Pure and exact: `fractions.Fraction` everywhere, a rate is a fraction of 1. Amounts in, results and their working
out; what is wrong is told with its place (`faults`), how a result came about is told line by line (`working`).
"""
