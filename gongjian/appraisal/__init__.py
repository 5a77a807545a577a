"""The procedure 劳动能力鉴定: application, check of papers, acceptance, and the table of moves. Owns the words application, supplement, acceptance."""
