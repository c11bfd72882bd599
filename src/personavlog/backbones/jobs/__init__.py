"""Services that take a job, are asked for its state, and give its result by an address."""
