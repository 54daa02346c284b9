"""The tables that the template describes to Athena are those that export writes, column by column."""

from pathlib import Path

import duckdb
import pytest

from functions.export.parquet_tables import SOURCES, create_source, query_of
from infra.build.saved_questions import TEMPLATE, with_questions
from infra.stack.questions.saved_questions import saved_questions
from shared.domain.day_files import TABLES, key_of
from tests.template.cfn import load, of_type

GLUE_TYPES = {
    "VARCHAR": "string", "TIMESTAMP": "timestamp", "DOUBLE": "double", "INTEGER": "int", "BOOLEAN": "boolean",
    "VARCHAR[]": "array<string>",
}  # fmt: skip
DESCRIBED = {
    table["Properties"]["TableInput"]["Name"]: table["Properties"]["TableInput"]
    for table in of_type(load()["Resources"], "Glue::Table").values()
}


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> duckdb.DuckDBPyConnection:
    made = duckdb.connect()
    folder = Path(tmp_path_factory.mktemp("rows"))
    for name, columns in SOURCES.items():
        create_source(made, folder, name, columns, [])
    return made


def test_every_table_that_is_written_is_described():
    assert DESCRIBED.keys() == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_columns_that_its_file_has(database, table):
    written = database.execute(f"DESCRIBE {query_of(table)}").fetchall()
    described = [(column["Name"], column["Type"]) for column in DESCRIBED[table]["StorageDescriptor"]["Columns"]]
    assert described == [(name, GLUE_TYPES[kind]) for name, kind, *_ in written]


@pytest.mark.parametrize("table", TABLES)
def test_a_tables_partitions_are_found_by_the_path_of_its_files_and_nobody_registers_them(table):
    described = DESCRIBED[table]
    template = described["Parameters"]["storage.location.template"]["Fn::Sub"]
    path = template.replace("${PagesBucket}", "bucket").replace("${!day}", "2026-05-01")
    assert f"s3://bucket/{key_of(table, '2026-05-01')}".startswith(path)
    assert described["PartitionKeys"] == [{"Name": "day", "Type": "string"}]
    assert described["Parameters"]["projection.enabled"] == "true"
    assert template.startswith(described["StorageDescriptor"]["Location"]["Fn::Sub"])


def test_answers_stand_outside_the_tables_folders_and_go_after_a_day(resources):
    group = resources["QuestionsWorkGroup"]["Properties"]["WorkGroupConfiguration"]
    assert group["EnforceWorkGroupConfiguration"] is True
    answers = group["ResultConfiguration"]["OutputLocation"]["Fn::Sub"]
    assert answers == "s3://${PagesBucket}/answers/"
    assert not any(
        answers.startswith(table["StorageDescriptor"]["Location"]["Fn::Sub"]) for table in DESCRIBED.values()
    )
    rules = resources["PagesBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    assert [rule["ExpirationInDays"] for rule in rules if rule.get("Prefix") == "answers/"] == [1]


def test_a_question_reads_no_more_than_a_parameter_allows(resources):
    group = resources["QuestionsWorkGroup"]["Properties"]["WorkGroupConfiguration"]
    assert group["BytesScannedCutoffPerQuery"] == {"Ref": "MaxScannedBytes"}


def test_the_saved_questions_are_those_of_their_files():
    template = TEMPLATE.read_text(encoding="utf-8")
    assert with_questions(template) == template, "run `python -m infra.build.saved_questions`"


def test_each_question_is_saved_on_aws_and_left_out_on_the_emulator(resources):
    saved = of_type(resources, "Athena::NamedQuery").values()
    assert [question["Properties"]["QueryString"].strip() for question in saved] == [
        question.sql.strip() for question in saved_questions()
    ]
    assert {question["Condition"] for question in saved} == {"ByTls"}
