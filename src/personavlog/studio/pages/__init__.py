"""The screens, a module each: ``router`` of every one is mounted by ``server``."""
