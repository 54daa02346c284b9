"""House rules: what every function, queue and log group of the template has."""

import json
from itertools import combinations
from typing import Any

import pytest

from functions.desk.request import VIEWS
from functions.notify.handler import WORKERS
from shared.settings import (
    DeskSettings,
    DigestSettings,
    EnrichSettings,
    ExportSettings,
    ExtractSettings,
    NotifySettings,
    ReconcileSettings,
    Settings,
)
from tests.template.cfn import ROOT, Resources, chosen, load, of_type, referred

FUNCTIONS = sorted(of_type(load()["Resources"], "Serverless::Function"))
FED_BY_A_QUEUE = {
    "ExtractFunction": "PagesQueue",
    "EnrichFunction": "ArticlesQueue",
    "NotifyFunction": "AnnouncementsQueue",
}
SETTINGS: dict[str, type[Settings]] = {
    "ExtractFunction": ExtractSettings,
    "EnrichFunction": EnrichSettings,
    "NotifyFunction": NotifySettings,
    "ReconcileFunction": ReconcileSettings,
    "ExportFunction": ExportSettings,
    "DeskFunction": DeskSettings,
    "DigestFunction": DigestSettings,
}
FOURTEEN_DAYS = 14 * 24 * 3600


def properties(resources: Resources, name: str) -> dict[str, Any]:
    return chosen(resources[name]["Properties"])


def queue_event(resources: Resources, function: str) -> dict[str, Any]:
    (event,) = properties(resources, function)["Events"].values()
    assert event["Type"] == "SQS"
    return event["Properties"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_writes_to_a_log_group_of_its_own_that_forgets(resources, function):
    name = properties(resources, function)["FunctionName"]["Fn::Sub"]
    logs = referred(properties(resources, function)["LoggingConfig"]["LogGroup"])
    assert resources[logs]["Type"] == "AWS::Logs::LogGroup"
    assert properties(resources, logs)["LogGroupName"]["Fn::Sub"] == f"/aws/lambda/{name}"
    assert properties(resources, logs)["RetentionInDays"] == {"Ref": "LogRetentionDays"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_handler_is_its_files_path(resources, function):
    path = properties(resources, function)["Handler"].removesuffix(".lambda_handler").replace(".", "/")
    assert (ROOT / f"{path}.py").is_file()
    assert path.split("/")[1] == function.removesuffix("Function").lower()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_given_just_the_environment_that_its_settings_read(template, resources, function):
    everywhere = template["Globals"]["Function"]["Environment"]["Variables"]
    given = {**everywhere, **properties(resources, function)["Environment"]["Variables"]}
    fields = {name.upper(): field for name, field in SETTINGS[function].model_fields.items()}
    assert {name for name, field in fields.items() if field.is_required()} <= given.keys()
    assert {name for name in given if not name.startswith("POWERTOOLS_")} <= fields.keys()
    assert given["POWERTOOLS_SERVICE_NAME"] == function.removesuffix("Function").lower()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_has_an_alarm_on_failing_as_a_whole(resources, function):
    alarms = of_type(resources, "CloudWatch::Alarm").values()
    watched = [alarm["Properties"] for alarm in alarms if alarm["Properties"]["MetricName"] == "Errors"]
    assert [function] == [function for alarm in watched if referred(alarm["Dimensions"][0]["Value"]) == function]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_tracing_runtime_and_architecture_are_the_parameters_for_all(template, resources, function):
    everywhere = template["Globals"]["Function"]
    assert everywhere["Tracing"] == {"Ref": "Tracing"}
    assert everywhere["Runtime"] == {"Ref": "PythonRuntime"}
    assert everywhere["Architectures"] == [{"Ref": "Architecture"}]
    assert not {"Tracing", "Runtime", "Architectures"} & properties(resources, function).keys()
    assert [template["Parameters"][name]["Default"] for name in ("PythonRuntime", "Architecture")] == [
        "python3.13",
        "arm64",
    ]


@pytest.mark.parametrize(("function", "queue"), FED_BY_A_QUEUE.items())
def test_a_stage_takes_messages_one_failure_at_a_time_and_never_more_at_once_than_allowed(
    template, resources, function, queue
):
    event = queue_event(resources, function)
    assert referred(event["Queue"]) == queue
    assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert "MaximumBatchingWindowInSeconds" not in event  # the emulator would not wait, and neither do readers
    assert "ReservedConcurrentExecutions" not in properties(resources, function)
    limit = event["ScalingConfig"]["MaximumConcurrency"]
    if isinstance(limit, dict):  # numbers by map: see the template
        assert limit["Fn::FindInMap"] == ["Number", {"Ref": "StageConcurrency"}, "Is"]
        allowed = template["Parameters"]["StageConcurrency"]["AllowedValues"]
        assert {text: number["Is"] for text, number in template["Mappings"]["Number"].items()} == {
            text: int(text) for text in allowed
        }
    else:
        assert limit == 2  # the least SQS takes, for the pace of alerts


@pytest.mark.parametrize(("function", "queue"), FED_BY_A_QUEUE.items())
def test_a_message_stays_hidden_for_six_times_as_long_as_its_function_may_take(resources, function, queue):
    assert properties(resources, queue)["VisibilityTimeout"] >= 6 * properties(resources, function)["Timeout"]


@pytest.mark.parametrize("queue", FED_BY_A_QUEUE.values())
def test_a_queue_parks_what_failed_five_times_in_a_dead_letter_queue_of_its_own_for_fourteen_days(resources, queue):
    redrive = properties(resources, queue)["RedrivePolicy"]
    parked = referred(redrive["deadLetterTargetArn"])
    assert (parked, redrive["maxReceiveCount"]) == (queue.replace("Queue", "DeadLetterQueue"), 5)
    assert properties(resources, parked)["MessageRetentionPeriod"] == FOURTEEN_DAYS
    allowed = properties(resources, parked)["RedriveAllowPolicy"]
    assert allowed["redrivePermission"] == "byQueue"
    (source,) = allowed["sourceQueueArns"]
    assert source["Fn::Sub"].endswith(f"${{AWS::AccountId}}:{properties(resources, queue)['QueueName']['Fn::Sub']}")


@pytest.mark.parametrize("queue", FED_BY_A_QUEUE.values())
def test_every_queue_has_an_alarm_on_waiting_and_one_on_what_is_parked(resources, queue):
    def watched(metric: str) -> list[str]:
        alarms = of_type(resources, "CloudWatch::Alarm").values()
        return [
            referred(alarm["Properties"]["Dimensions"][0]["Value"])
            for alarm in alarms
            if alarm["Properties"]["MetricName"] == metric
        ]

    assert watched("ApproximateAgeOfOldestMessage").count(queue) == 1
    assert watched("ApproximateNumberOfMessagesVisible").count(queue.replace("Queue", "DeadLetterQueue")) == 1


@pytest.mark.parametrize("function", FED_BY_A_QUEUE)
def test_a_stage_has_an_alarm_on_being_throttled(resources, function):
    alarms = [alarm["Properties"] for alarm in of_type(resources, "CloudWatch::Alarm").values()]
    throttles = [alarm for alarm in alarms if alarm["MetricName"] == "Throttles"]
    assert [function] == [function for alarm in throttles if referred(alarm["Dimensions"][0]["Value"]) == function]


def test_alerts_that_no_retry_delivers_are_parked_where_an_alarm_watches(resources):
    """A delivery that fails once and heals rings nobody: SNS parks an alert only after all its retries."""
    alarm = properties(resources, "AlertsUndelivered")
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SQS", "ApproximateNumberOfMessagesVisible")
    assert referred(alarm["Dimensions"][0]["Value"]) == "AlertsDeadLetterQueue"
    (statement,) = properties(resources, "AlertsDeadLetterQueuePolicy")["PolicyDocument"]["Statement"]
    assert (statement["Principal"], statement["Action"]) == ({"Service": "sns.amazonaws.com"}, "sqs:SendMessage")
    topics = [{"Ref": "AlertsTopic"}, {"Ref": "DigestsTopic"}]
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": topics}}


def test_every_alarm_tells_the_operators_what_to_do_and_stays_quiet_without_data(resources):
    for name, alarm in of_type(resources, "CloudWatch::Alarm").items():
        facts = alarm["Properties"]
        assert facts["AlarmActions"] == facts["OKActions"] == [{"Ref": "OperatorsTopic"}], name
        assert facts["TreatMissingData"] == "notBreaching", name
        assert len(facts["AlarmDescription"]) > 60, name


def test_the_dashboard_shows_every_alarm(resources):
    body = resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    assert [name for name in of_type(resources, "CloudWatch::Alarm") if f"${{{name}.Arn}}" not in body] == []


def test_alerts_are_paced_for_just_as_many_workers_as_there_can_be(resources):
    assert queue_event(resources, "NotifyFunction")["ScalingConfig"]["MaximumConcurrency"] == WORKERS


def test_the_dashboard_shows_the_desk_and_never_takes_a_reader_away_from_what_is_read(resources):
    body = resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(body)["widgets"]
    shown = [widget["properties"] for widget in widgets if widget["type"] == "custom"]
    assert [widget["endpoint"] for widget in shown] == ["${DeskFunction.Arn}"] * 2
    assert {widget["params"]["view"] for widget in shown} <= set(VIEWS)
    assert shown[0]["updateOn"] == {"refresh": False, "resize": False, "timeRange": False}
    places = [(w["x"], w["y"], w["x"] + w["width"], w["y"] + w["height"]) for w in widgets]
    assert all(right <= 24 for _, _, right, _ in places)
    assert not [
        (a, b) for a, b in combinations(places, 2) if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
