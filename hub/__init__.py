"""The hub: takes in what stations say, keeps it, and shows it to maintainers and inspectors."""
