"""What the standard computes from measurements (appendix A and tables of appendix B): a value and the steps to it, each with its article.

A value of None means that the text does not decide; the last step says why. Nothing here grades.
"""
