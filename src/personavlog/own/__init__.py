"""What a person put in an agent's or a backbone's place: a script, a keyframe, clip or voice of a shot, a file that was
changed in the run folder. Whoever calls this holds the run's lock."""
