"""What a film will about cost and take, before anything is sent: low without corrections, high with all that the
profile allows; what nobody knows stays unknown."""
