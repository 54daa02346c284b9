from infra.cli.screen import output
from infra.cli.screen.output import one_line, plain, table, when, words


def drawn(renderable: object, width: int = 60) -> str:
    console = output.Console(width=width, force_terminal=False)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


def test_terminal_sequences_in_a_title_lose_their_power() -> None:
    assert plain("\x1b[31mred\x1b[0m\x07 \x9b2Jgone") == "[31mred[0m 2Jgone"


def test_direction_overrides_and_line_breaks_are_taken_out_and_joiners_kept() -> None:
    assert plain("a\u202eb\u2066c\nd") == "abc d"
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_square_brackets_are_text_and_not_markup() -> None:
    assert "[bold]loud[/bold] [/]" in drawn(words("[bold]loud[/bold] [/]"))


def test_a_table_cell_is_text_and_not_markup() -> None:
    assert "[red]x" in drawn(table("", ("id", "title"), [("1", "[red]x")]))


def test_the_last_column_gives_way_where_it_is_narrow() -> None:
    shown = drawn(table("", ("id", "title"), [("0123456789", one_line("word " * 40))]), width=40)
    assert "0123456789" in shown
    assert all(len(line) <= 40 for line in shown.splitlines())
    assert len(shown.splitlines()) == 2


def test_a_table_without_names_has_no_heading() -> None:
    assert drawn(table("", ("", ""), [("a", "b")])).splitlines() == ["a  b"]


def test_times_are_read_at_the_precision_they_have() -> None:
    assert when("2025-05-01") == "01 May 2025"
    assert when("2025-05-01T08:45:00") == "01 May 2025 08:45"
    assert when(None) == ""
    assert when("soon") == "soon"
