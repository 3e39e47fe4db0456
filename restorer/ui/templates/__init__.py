"""The sentences of the layers below, for the translator: one file for each layer."""
