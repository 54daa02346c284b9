from functions.enrich.names import find_names


def test_people_organisations_and_places_are_told_apart() -> None:
    text = "Foreign Minister Anna Larsson of Sweden met officials from Unicef in Nairobi on Monday."
    found = {(name.text, name.kind) for name in find_names(text)}
    assert {("Anna Larsson", "person"), ("Sweden", "place"), ("Nairobi", "place")} <= found
