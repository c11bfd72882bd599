"""Who makes a film: the profile's backbones, agents and limits, and what every stage may ask for."""
