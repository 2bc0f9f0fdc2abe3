"""An example object for every parameter an address may have.

A new parameter gets a function in one of these modules; `test_matrix.py` names the ones that have none. A parameter
that means different things at different addresses gets one for each beginning. The order of the imports is the order
in which they are made.
"""

from tests.hub.example import example_of, furnish
from tests.hub.examples import of_complaints, of_inspections, of_people, of_stations

__all__ = ["example_of", "furnish", "of_complaints", "of_inspections", "of_people", "of_stations"]
