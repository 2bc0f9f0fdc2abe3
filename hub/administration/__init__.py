"""What administrators and auditors do: users, unions, the trail; everybody's own account; the way to all else."""
