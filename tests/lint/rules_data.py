# The schema's tables stand in one list each; every command of the terminal
# has help and a screen test.
import re

RULES = {}
