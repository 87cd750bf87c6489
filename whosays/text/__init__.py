"""Text as data: words and place names folded, spans with their quotations, numbers written in
words.
"""
