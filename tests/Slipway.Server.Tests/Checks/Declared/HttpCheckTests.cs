using System.Net;
using Microsoft.AspNetCore.Http;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Configuration;
using Slipway.Server.Tests.Deployments.Http;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Requests to a real listener, around deployments that the engine runs.</summary>
[OnBothDatabases]
public sealed class HttpCheckTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly Duration Soon = Milliseconds(20);

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task Before_during_and_after_are_asked_in_their_places()
    {
        await using var asked = await AskedSystem.StartAsync();
        var service = await NewAsync([Check("b", asked.Url + "/b") with { When = CheckMoment.Before }, Check("d", asked.Url + "/d") with { When = CheckMoment.During }, Check("a", asked.Url + "/a")], Batch("one"), Batch("two"));
        var ended = await service.FinishAsync("2.0");
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        Assert.Equal(["check-b", "one", "check-d.1", "two", "check-d.2", "check-a"], ended.Stages.Select(stage => stage.Name));
        Assert.Equal(["/b", "/d", "/d", "/a"], asked.Requests.Select(request => request.Path));
        Assert.Equal($"GET {asked.Url}/a answered 200", ended.Stages[^1].Note);
        Assert.Equal($"{ended.Id}/check-d.2/1", asked.Requests[2].Headers["Slipway-Key"]);
    }

    [Fact]
    public async Task A_wrong_answer_takes_the_deployment_back_and_is_told()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Text("under\u001b[2J\nmaintenance", statusCode: 503));
        var service = await NewAsync([Check("smoke", asked.Url + "/healthz?key=abc")], Batch("one"));
        var ended = await service.FinishAsync("2.0");
        Assert.Equal(DeploymentStatus.RolledBack, ended.Status);
        Assert.Equal(("check-smoke", "check_failed"), (ended.Failure!.Stage, ended.Failure.Code));
        Assert.Equal($"GET {asked.Url}/healthz answered 503, expected 200-299: \"under[2J maintenance\".", ended.Failure.Reason);
        Assert.Single(asked.Requests);
        Assert.Equal("1.0", (await service.TargetAsync()).Version!.Value.Value);
    }

    [Fact]
    public async Task Before_anything_was_changed_nothing_is_taken_back()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.NotFound());
        var service = await NewAsync([Check("smoke", asked.Url) with { When = CheckMoment.Before }], Batch("one"));
        var ended = await service.FinishAsync("2.0");
        Assert.Equal(DeploymentStatus.Failed, ended.Status);
        Assert.Equal(["check-smoke Failed", "one Skipped"], ended.Stages.Select(stage => $"{stage.Name} {stage.Status}"));
    }

    [Fact]
    public async Task Every_request_of_a_sequence_is_sent_as_written_with_config_values()
    {
        await using var asked = await AskedSystem.StartAsync((request, _) => request.Method == "POST" ? Results.Text("order 7 taken", statusCode: 201) : Results.Text("ok"));
        var service = await NewAsync([
            Check("smoke", "${BASE}/healthz") with
            {
                Http =
                [
                    new() { Url = "${BASE}/healthz" },
                    new() { Url = "${BASE}/orders", Method = "POST", Headers = new Dictionary<string, string> { ["X-Shop"] = "${SHOP:-none}", ["Content-Type"] = "application/x-order" }, Body = "of ${SLIPWAY_VERSION}", Status = "201", Contains = "order 7" },
                ],
            }]);
        await SetAsync(service, ("BASE", asked.Url));
        var ended = await service.FinishAsync("2.0");
        Assert.Equal((DeploymentStatus.Succeeded, null), (ended.Status, ended.Failure?.Reason));
        var order = asked.Requests[1];
        Assert.Equal(("POST", "/orders", "of 2.0", "none", "application/x-order"), (order.Method, order.Path, order.Body, order.Headers["X-Shop"], order.Headers["Content-Type"]));
    }

    [Fact]
    public async Task So_many_failed_tries_as_are_allowed_and_no_more()
    {
        await using var asked = await AskedSystem.StartAsync((_, number) => number is 1 or 3 ? Results.StatusCode(500) : Results.Ok());
        var service = await NewAsync([Check("smoke", asked.Url) with { Failures = 2, Successes = 2 }]);
        var ended = await service.FinishAsync("2.0");
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        Assert.Equal(["try 1 Failed", "try 2 Succeeded", "try 3 Failed", "try 4 Succeeded", "try 5 Succeeded"], ended.Stages[^1].Steps.Select(step => $"{step.Name} {step.Status}"));
    }

    [Fact]
    public async Task Nobody_there_is_tried_until_the_time_is_over()
    {
        var service = await NewAsync([Check("smoke", $"http://127.0.0.1:{FreePort.Next()}/") with { Timeout = Milliseconds(200) }]);
        var ended = await service.FinishAsync("2.0");
        Assert.Equal((DeploymentStatus.RolledBack, "check_timeout"), (ended.Status, ended.Failure!.Code));
        Assert.Matches(@"^No verdict within 200ms: GET http://127\.0\.0\.1:\d+/ could not be reached \(Connection refused.*\)\.$", ended.Failure.Reason);
        Assert.True(ended.Stages.Single(stage => stage.Name == "check-smoke").Steps.Count > 1);
    }

    [Fact]
    public async Task Who_answers_too_late_has_said_nothing()
    {
        using var stuck = new ManualResetEventSlim();
        await using var asked = await AskedSystem.StartAsync((_, number) =>
        {
            if (number == 1)
                stuck.Wait(TimeSpan.FromSeconds(10));

            return Results.Ok();
        });
        var service = await NewAsync([Check("smoke", asked.Url) with { Http = [new() { Url = asked.Url, Within = Milliseconds(100) }] }]);
        var ended = await service.FinishAsync("2.0");
        stuck.Set();
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        Assert.EndsWith("did not answer within 100ms", ended.Stages[^1].Steps[0].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_answer_is_read_for_64_KB()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Stream(async stream =>
        {
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)'x');
            while (true)
                await stream.WriteAsync(chunk);
        }));
        var service = await NewAsync([Check("smoke", asked.Url) with { Http = [new() { Url = asked.Url, Contains = "needle", Within = Duration.FromSeconds(10) }] }]);
        var ended = await service.FinishAsync("2.0");
        Assert.Equal("check_failed", ended.Failure!.Code);
        Assert.Contains("without \"needle\" in its first 64 KB: \"xxx", ended.Failure.Reason, StringComparison.Ordinal);
        Assert.True(ended.Failure.Reason.Length < 400, ended.Failure.Reason);
    }

    [Theory]
    [InlineData(3, DeploymentStatus.Succeeded)]
    [InlineData(4, DeploymentStatus.RolledBack)]
    public async Task Three_redirects_are_followed(int redirects, DeploymentStatus status)
    {
        await using var asked = await AskedSystem.StartAsync((request, number) => number <= redirects ? Results.Redirect($"/{number}") : Results.Ok());
        var service = await NewAsync([Check("smoke", asked.Url)]);
        Assert.Equal(status, (await service.FinishAsync("2.0")).Status);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("")]
    public async Task Where_a_cloud_tells_its_secrets_nobody_is_asked_also_not_by_a_redirect(string url)
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Redirect("http://169.254.169.254/"));
        var service = await NewAsync([Check("smoke", url.Length > 0 ? url : asked.Url)]);
        var ended = await service.FinishAsync("2.0");
        Assert.Equal((DeploymentStatus.RolledBack, "check_failed"), (ended.Status, ended.Failure!.Code));
        Assert.Contains("is a link-local address", ended.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_is_shown_and_goes_on()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.StatusCode(500));
        var service = await NewAsync([Check("smoke", asked.Url) with { DryRun = true }]);
        var ended = await service.FinishAsync("2.0");
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        Assert.StartsWith("Dry run, so the deployment goes on. It would have failed: GET ", ended.Stages[^1].Note, StringComparison.Ordinal);
        Assert.Equal("smoke (dry run: it is only shown)", $"smoke{ended.Stages[^1].Description[ended.Stages[^1].Description.IndexOf(" (", StringComparison.Ordinal)..]}");
    }

    [Fact]
    public async Task What_stands_for_nothing_is_refused_before_anything_begins()
    {
        var service = await NewAsync([Check("smoke", "http://${HOST}/")]);
        var problem = await (await service.PostAsync(service.Request("2.0"))).ShouldRefuseAsync(HttpStatusCode.Conflict, "check_not_possible");
        Assert.Contains("smoke", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("${HOST}", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_back_to_an_earlier_version_asks_nothing()
    {
        await using var asked = await AskedSystem.StartAsync();
        var service = await NewAsync([Check("smoke", asked.Url)]);
        await service.FinishAsync("2.0");
        await service.PublishAsync("3.0");
        await service.FinishAsync("3.0");
        var before = asked.Requests.Count;
        var back = await server.Http.PostTextAsync($"/api/v1/targets/{service.Name}/production/rollback", "{}");
        var ended = await service.EndAsync(await back.ShouldBeAsync<Deployment>(HttpStatusCode.Created));
        Assert.Equal((DeploymentKind.Rollback, DeploymentStatus.Succeeded), (ended.Kind, ended.Status));
        Assert.DoesNotContain(ended.Stages, stage => stage.Name == "check-smoke");
        Assert.Equal(before, asked.Requests.Count);
    }

    [Fact]
    public async Task It_can_be_cancelled_and_paused_in_its_middle_and_starts_over()
    {
        var service = await NewAsync([Check("smoke", $"http://127.0.0.1:{FreePort.Next()}/") with { Timeout = Duration.FromMinutes(10), Interval = Duration.FromMinutes(1) }]);
        var deployment = await service.DeployAsync("2.0");
        await service.UntilAsync(deployment, now => now.Stages[^1] is { Status: StageStatus.Running, Steps: not [] });
        await service.DoAsync(deployment, "pause");
        await service.UntilAsync(deployment, now => now.Status == DeploymentStatus.Paused);
        await service.DoAsync(deployment, "resume");
        await service.UntilAsync(deployment, now => now.Stages[^1] is { Attempt: 2, Steps: [{ Name: "try 1" }] });
        await service.DoAsync(deployment, "cancel");
        Assert.Equal(DeploymentStatus.Cancelled, (await service.EndAsync(deployment)).Status);
    }

    internal static CheckDefinition Check(string name, string url) => new() { Name = name, Http = [new() { Url = url, Within = Duration.FromSeconds(10) }], Interval = Soon, Timeout = Duration.FromSeconds(20) };

    internal static Duration Milliseconds(int milliseconds) => new(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Version 1.0 runs; 2.0 declares the checks.</summary>
    private async Task<Scripted> NewAsync(CheckDefinition[] checks, params DeploymentTypes.Scripted.ScriptedStage[] stages)
    {
        var service = await Scripted.NewAsync(server);
        await service.FinishAsync();
        service.Checks = checks;
        await service.PublishAsync("2.0", stages);
        service.Checks = [];
        return service;
    }

    private static DeploymentTypes.Scripted.ScriptedStage Batch(string name) => Scripted.Stage(name) with { Kind = "activate" };

    private Task SetAsync(Scripted service, params (string Name, string Value)[] values) => server.Get<ConfigStore>().CreateAsync(
        new TargetId(ServiceName.Parse(service.Name), EnvironmentName.Parse("production")),
        new CreateConfigRevision { Values = values.ToDictionary(pair => pair.Name, pair => pair.Value) },
        "kim",
        CancellationToken.None);
}
