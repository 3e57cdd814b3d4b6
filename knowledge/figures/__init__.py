"""The key figures of funnel and team: each defined once, with formula, unit, source and the numbers that went in.

Pure: plain values that a query fills (`matters`, `costs`, `follow_ups`) in, figures out. A figure tells its numbers
(`definitions`), a share tells how sure it is (`share`), and a suggestion follows from the numbers (`suggestion`).
"""
