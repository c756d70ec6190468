using Slipway.Chaos.Checking;
using Slipway.Chaos.Checking.Rules;
using Slipway.Contracts.Services;

namespace Slipway.Chaos.Tests.Checking;

public sealed class CheckerTests
{
    [Fact]
    public void A_history_in_which_all_is_well_breaks_no_rule() => Assert.Empty(Checker.Check(Story.Good));

    [Fact]
    public void A_bad_version_that_was_taken_back_breaks_no_rule()
    {
        var history = Story.Good with
        {
            Asked = [.. Story.Good.Asked, Story.Ask("k3", "bad", "d-bad")],
            Deployments = [.. Story.Good.Deployments, Story.TakenBack("d-bad", "bad", "k3")],
            Folders = [Story.Good.Folders[0] with { Starts = ["1", "2", "bad", "2"], Versions = ["1", "2", "bad"] }, Story.Good.Folders[1]],
        };
        Assert.Empty(Checker.Check(history));
    }

    [Fact]
    public void A_history_is_the_same_after_it_was_saved()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-history-").FullName;
        var (once, twice) = (Path.Combine(folder, "once"), Path.Combine(folder, "twice"));
        var broken = Story.ChangeSecond(second => second with { Events = [] }) with { Sightings = [See("running", 3)] };
        broken.Save(once);
        History.Load(once).Save(twice);
        Assert.Equal(File.ReadAllText(once), File.ReadAllText(twice));
        Assert.Equal(Checker.Check(broken).Select(found => found.ToString()), Checker.Check(History.Load(twice)).Select(found => found.ToString()));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void One_key_with_two_answers_is_found() => Finds<OneDeploymentForARequest>(
        Story.Good with { Asked = [Story.Good.Asked[0], Story.Ask("k2", "2", Story.Second, Story.First)] }, "answered with d-second and d-first");

    [Fact]
    public void One_key_with_two_deployments_is_found_also_without_an_answer() => Finds<OneDeploymentForARequest>(
        Story.Good with
        {
            Asked = [Story.Good.Asked[0], Story.Ask("k2", "2") with { Attempts = [Story.NoAnswer()] }],
            Deployments = [.. Story.Good.Deployments, Story.Deployment("d-third", "2", "k2")],
        },
        "effect on 2 deployments");

    [Fact]
    public void A_success_that_does_not_name_a_deployment_is_found() => Finds<OneDeploymentForARequest>(
        Story.Good with { Asked = [Story.Good.Asked[0], Story.Ask("k2", "2") with { Attempts = [new(DateTimeOffset.UnixEpoch, 201, null, null, null)] }] }, "answered with 201 and without the deployment");

    [Fact]
    public void A_rollback_that_took_back_two_deployments_is_found() => Finds<OneDeploymentForARequest>(
        Story.Good with
        {
            Asked = [.. Story.Good.Asked, Story.Ask("back", null) with { Verb = Verb.Rollback, Attempts = [Story.NoAnswer()] }],
            Deployments = [.. Story.Good.Deployments.Select(deployment => Story.With(deployment, [.. deployment.Events, new(0, 0, "rollbackRequested", Reason: "back")]))],
        },
        "effect on 2 deployments");

    [Fact]
    public void An_accepted_request_without_its_deployment_is_found() => Finds<OneDeploymentForARequest>(
        Story.Good with { Asked = [.. Story.Good.Asked, Story.Ask("k3", "2", "d-lost")] }, "d-lost was accepted and does not exist");

    [Fact]
    public void A_refused_request_that_was_done_all_the_same_is_found() => Finds<OneDeploymentForARequest>(
        Story.Good with { Asked = [Story.Good.Asked[0], Story.Ask("k2", "2") with { Attempts = [Story.Refused()] }] }, "refused, and yet d-second");

    [Fact]
    public void A_refusal_after_an_attempt_without_an_answer_says_nothing_about_that_attempt() => Assert.Empty(Checker.Check(
        Story.Good with { Asked = [Story.Good.Asked[0], Story.Ask("k2", "2") with { Attempts = [Story.NoAnswer(), Story.Refused()] }] }));

    [Fact]
    public void An_answer_about_another_version_is_found() => Finds<OneDeploymentForARequest>(
        Story.Good with { Asked = [Story.Good.Asked[0], Story.Ask("k2", "3", Story.Second)] }, "about something else");

    [Fact]
    public void An_answer_that_names_the_deployment_of_another_request_is_found() => Finds<OneDeploymentForARequest>(
        Story.Good with { Asked = [.. Story.Good.Asked, Story.Ask("k3", "2", Story.Second)] }, "which another request made");

    [Fact]
    public void A_deployment_that_nobody_asked_for_is_found() => Finds<NothingUnasked>(
        Story.Good with { Deployments = [.. Story.Good.Deployments, Story.Deployment("d-ghost", "2", "nobody")] }, "nobody asked for d-ghost");

    [Fact]
    public void A_gap_between_events_is_found() => Finds<EventsWithoutGaps>(
        Story.ChangeSecond(second => second with { Events = [.. second.Events.Where(happened => happened.Sequence != 3)] }), "event 3 of d-second has number 4");

    [Fact]
    public void A_repeated_event_is_found() => Finds<EventsWithoutGaps>(
        Story.ChangeSecond(second => second with { Events = [.. second.Events.Take(3), second.Events[2], .. second.Events.Skip(3)] }), "has number 3");

    [Fact]
    public void An_event_that_was_stored_before_the_one_in_front_of_it_is_found() => Finds<EventsWithoutGaps>(
        Story.ChangeSecond(second => second with { Events = [.. second.Events.Select(happened => happened.Sequence == 5 ? happened with { Id = 1 } : happened)] }), "event 5 of d-second was stored before");

    [Fact]
    public void A_missing_last_event_is_found() => Finds<EventsWithoutGaps>(
        Story.ChangeSecond(second => second with { Events = [.. second.Events.SkipLast(1)] }), "says 9 events and has 8");

    [Fact]
    public void A_deployment_that_does_not_end_is_found() => Finds<OneEndForADeployment>(
        Story.ChangeSecond(second => Story.With(second, [.. second.Events.SkipLast(1)]) with { Status = "running" }), "d-second is still running");

    [Fact]
    public void A_deployment_that_ends_twice_is_found() => Finds<OneEndForADeployment>(
        Story.ChangeSecond(second => Story.With(second, [.. second.Events, Story.Finished("succeeded")])), "ended 2 times");

    [Fact]
    public void Something_that_happens_after_the_end_is_found() => Finds<OneEndForADeployment>(
        Story.ChangeSecond(second => Story.With(second, [.. second.Events, Story.Event("stageStarted", 2)])), "stageStarted happened to d-second after its end");

    [Fact]
    public void An_end_that_the_deployment_does_not_show_is_found() => Finds<OneEndForADeployment>(
        Story.ChangeSecond(second => second with { Status = "failed" }), "its last event says succeeded");

    [Fact]
    public void A_terminal_state_that_changed_is_found() => Finds<NothingIsTakenBack>(
        Story.Good with { Sightings = [See("cancelled", 4)] }, "d-second was cancelled");

    [Fact]
    public void Events_that_were_there_and_are_lost_are_found() => Finds<NothingIsTakenBack>(
        Story.Good with { Sightings = [See("running", 12)] }, "had 12 events, and later 9");

    [Fact]
    public void An_event_that_changed_is_found() => Finds<NothingIsTakenBack>(
        Story.Good with { Sightings = [See("running", 3) with { Events = [new(3, 3, "stageStarted", 1)] }] }, "event 3 of d-second was stageStarted");

    [Fact]
    public void A_deployment_that_was_there_and_is_lost_is_found() => Finds<NothingIsTakenBack>(
        Story.Good with { Sightings = [See("running", 3) with { Deployment = "d-lost" }] }, "d-lost was seen");

    [Fact]
    public void A_link_to_another_version_than_the_API_says_is_found() => Finds<InstancesRunTheirTarget>(
        Story.ChangeFolder(folder => folder with { Current = "1" }), "the API says 2, the disk 1");

    [Fact]
    public void A_process_of_another_version_is_found() => Finds<InstancesRunTheirTarget>(
        Story.ChangeFolder(folder => folder with { Processes = ["1"] }), "the API says 2, the processes are 1");

    [Fact]
    public void Two_processes_of_one_service_are_found() => Finds<InstancesRunTheirTarget>(
        Story.ChangeFolder(folder => folder with { Processes = ["2", "2"] }), "2 processes at once");

    [Fact]
    public void A_healthy_instance_without_a_process_is_found() => Finds<InstancesRunTheirTarget>(
        Story.ChangeFolder(folder => folder with { Processes = [] }), "the processes are none");

    [Fact]
    public void An_instance_that_runs_something_else_than_its_target_is_found() => Finds<InstancesRunTheirTarget>(
        Story.ChangeInstance(Story.Instance("dev-1", "1")) with { Folders = [Story.Folder("dev-1") with { Current = "1", Processes = ["1"] }, Story.Folder("dev-2")] },
        "runs 1 and should run 2");

    [Fact]
    public void An_instance_that_is_not_healthy_and_does_not_say_why_is_found() => Finds<InstancesRunTheirTarget>(
        Story.ChangeInstance(Story.Instance("dev-1", "2", "failed")), "failed, and nothing says why");

    [Fact]
    public void An_instance_that_says_why_it_is_not_healthy_is_right() => Assert.Empty(Checker.Check(
        Story.ChangeInstance(Story.Instance("dev-1", "2", "failed", "it exited with code 3"))));

    [Fact]
    public void An_instance_that_does_not_come_back_is_found() => Finds<InstancesRunTheirTarget>(
        Story.ChangeInstance(Story.Instance("dev-1") with { Connected = false }), "not connected");

    [Fact]
    public void A_version_that_started_where_its_deployment_never_came_is_found() => Finds<NothingRanWhereNobodyAsked>(
        Story.Good with
        {
            Asked = [.. Story.Good.Asked, Story.Ask("k3", "bad", "d-bad")],
            Deployments = [.. Story.Good.Deployments, Story.TakenBack("d-bad", "bad", "k3")],
            Folders = [Story.Good.Folders[0], Story.Good.Folders[1] with { Starts = ["1", "2", "bad", "2"] }],
        },
        "shop bad ran on dev-2");

    [Fact]
    public void A_version_on_the_disk_that_no_deployment_is_about_is_found() => Finds<NothingRanWhereNobodyAsked>(
        Story.ChangeFolder(folder => folder with { Versions = ["1", "2", "9"] }), "shop 9 lies on dev-1");

    [Fact]
    public void A_link_to_a_version_that_was_only_prepared_is_found() => Finds<NothingRanWhereNobodyAsked>(
        Story.Good with
        {
            Deployments = [.. Story.Good.Deployments, Story.TakenBack("d-bad", "bad", "k3")],
            Folders = [Story.Good.Folders[0], Story.Good.Folders[1] with { Current = "bad" }],
        },
        "shop bad ran on dev-2");

    [Fact]
    public void A_batch_that_begins_before_the_one_in_front_of_it_succeeded_is_found() => Finds<FailuresStayInTheFirstBatch>(
        Story.ChangeSecond(second => Story.With(second, [.. second.Events.Where(happened => happened is not { Type: "stageSucceeded", Stage: 1 })])), "batch-1 began before the batch in front of it had succeeded");

    [Fact]
    public void A_batch_that_begins_after_one_failed_is_found() => Finds<FailuresStayInTheFirstBatch>(
        Story.ChangeSecond(second => Story.With(second, [.. second.Events.Select(happened => happened is { Type: "stageSucceeded", Stage: 1 } ? happened with { Type = "stageFailed" } : happened)])), "batch-1 began after canary-1 had failed");

    [Fact]
    public void A_first_batch_that_is_larger_than_asked_is_found() => Finds<FailuresStayInTheFirstBatch>(
        Story.ChangeSecond(second => second with { Stages = [second.Stages[0], second.Stages[1] with { Instances = ["dev-1", "dev-2"] }] }), "has 2 instances, 1 were asked for");

    [Fact]
    public void A_first_batch_of_a_rolling_deployment_that_is_larger_than_asked_is_found() => Finds<FailuresStayInTheFirstBatch>(
        Story.ChangeSecond(second => second with { Strategy = new Rolling { Batch = Amount.Percent(50) }, Stages = [second.Stages[0], second.Stages[1] with { Instances = ["dev-1", "dev-2"] }] }), "1 were asked for");

    [Fact]
    public void A_version_that_is_never_healthy_and_passes_is_found() => Finds<FailuresStayInTheFirstBatch>(
        Story.Good with { Deployments = [.. Story.Good.Deployments, Story.Deployment("d-bad", "bad", "k3")] }, "bad is never healthy, and canary-1 succeeded");

    private static Sighting See(string status, long sequence) => new() { At = DateTimeOffset.UnixEpoch, Deployment = Story.Second, Status = status, Sequence = sequence };

    /// <summary>The rule finds it, and the history is otherwise one in which that rule finds nothing.</summary>
    private static void Finds<TRule>(History history, string what)
        where TRule : IRule, new()
    {
        Assert.Empty(new TRule().Check(Story.Good));
        Assert.Contains(Checker.Rules, rule => rule is TRule);
        Assert.Contains(new TRule().Check(history), found => found.What.Contains(what, StringComparison.Ordinal));
    }
}
