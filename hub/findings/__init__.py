"""What an inspection found to be put right: owner, deadline, proof, close."""
