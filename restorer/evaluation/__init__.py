"""The judge: draws damage on clean pictures, lets each method fill it, and scores what comes back.

Kept apart from `restorer.training`, which must never see these masks nor this perceptual measure.
"""
