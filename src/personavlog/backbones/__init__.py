"""The models behind the roles, from hosted ones to the embedded profile, and what they are asked and answer."""
