"""Photos people took: the original as it was sent, with its digest, and copies without what a camera writes along."""
