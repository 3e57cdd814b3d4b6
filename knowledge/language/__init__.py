"""Reads what people type (numbers, amounts, dates) and writes it in German and English.

Reading: `numbers`, `amounts`, `dates`. Writing: `writing`, `moments`, `messages`. Values and errors:
`languages`, `money`, `errors`. No word that a person sees stands here: those come from
`content/<language>/messages.yaml`.
"""
