"""The soak: sellers at work while the bot is killed again and again; afterwards nothing may be missing or double.

python -m tests.soak [--kills 100] [--chats 50] [--seed N] [--processes 3] [--restarts 5]
"""
