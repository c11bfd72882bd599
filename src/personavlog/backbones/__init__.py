"""The contracts of the models behind the roles, how they are found by name, and what agents are asked and answer."""
