"""The story planner: whole scripts from a library of settings, plots and beats, without a language model."""
