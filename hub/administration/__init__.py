"""Users, unions, tokens and the trail, for administrators and auditors."""
