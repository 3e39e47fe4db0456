"""Many pictures in a row, in a window of their own: what to do, how it goes, and what a person makes of it."""
