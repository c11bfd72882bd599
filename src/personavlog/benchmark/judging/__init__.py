"""The storyboard judge of Eq. 13, how far judges agree, and how well they tell a storyboard from a worse one."""
