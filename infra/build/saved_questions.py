"""Writes the saved questions of `infra/queries/athena` into template.yaml: `python -m infra.build.saved_questions`.

CloudFormation reads no file beside a template, so each question stands in it once more; a test compares both.
"""

from pathlib import Path
from textwrap import indent

from infra.local.home import CLONE
from infra.stack.questions.saved_questions import Question, saved_questions

TEMPLATE = CLONE / "template.yaml"
BEGIN = "  # Written by infra/build/saved_questions.py from infra/queries/athena. The emulator refuses the type.\n"
END = "  # The end of what infra/build/saved_questions.py writes.\n"


def resource_of(question: Question) -> str:
    """The question as a resource of the template, one that is made on AWS alone."""
    name = "".join(map(str.capitalize, question.name.split("_")))
    return f"""  {name}Question:
    Type: AWS::Athena::NamedQuery
    Condition: ByTls
    Properties:
      Name: "{question.title}"
      Description: "{question.about}"
      Database: !Ref DaysDatabase
      WorkGroup: !Ref QuestionsWorkGroup
      QueryString: |
{indent(question.sql, "        ")}"""


def with_questions(template: str) -> str:
    """The template with the questions as they are in their files, between the two marks."""
    before, _, rest = template.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + "".join(map(resource_of, saved_questions())) + END + after


def write(path: Path = TEMPLATE) -> None:
    path.write_text(with_questions(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
