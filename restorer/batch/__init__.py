"""Many photographs in a row: pairing, workers, resuming, report, film sequences, clusters.  The window and the command
line share it.
"""
