"""The engine: image and mask in, patches out.  Importing `restorer.engine.restorer` loads torch; this does not."""
