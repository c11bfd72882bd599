"""Whether a profile could make a film on this machine now: what is installed, reachable, allowed, and large enough.

Nothing is made, nothing is paid for, and no key is told: variables by their names only."""
