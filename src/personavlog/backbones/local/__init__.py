"""Models in this process, by torch and diffusers (extra ``local``)."""
