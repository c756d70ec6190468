using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Configuration;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Declared.Http;
using Slipway.Server.Configuration;
using Slipway.Server.Tests.Deployments.Http;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>Checks that wait: for a person, for another system, for time.</summary>
public sealed class AnsweredCheckTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private static readonly CheckDefinition Manual = new() { Name = "approve-me", Manual = new() { Question = "Does it look right?" } };

    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("approve", DeploymentStatus.Succeeded)]
    [InlineData("reject", DeploymentStatus.RolledBack)]
    public async Task Somebody_decides(string verb, DeploymentStatus status)
    {
        var service = await NewAsync(Manual);
        var deployment = await service.DeployAsync("2.0");
        var asking = await service.UntilAsync(deployment, now => now.Stages[^1].Question is not null);
        Assert.Equal("Does it look right?", asking.Stages[^1].Question!.Text);
        await (await server.Http.PostTextAsync($"/api/v1/deployments/{deployment.Id}/{verb}", """{"reason":"I looked"}""")).ShouldBeAsync<Deployment>(HttpStatusCode.OK);
        var ended = await service.EndAsync(deployment);
        Assert.Equal(status, ended.Status);
        Assert.Equal((verb == "approve", "I looked"), (ended.Stages.Single(stage => stage.Name == "check-approve-me").Answer!.Approved, ended.Stages.Single(stage => stage.Name == "check-approve-me").Answer!.Reason));
        if (status == DeploymentStatus.RolledBack)
            Assert.EndsWith("said no to \"Does it look right?\": I looked.", ended.Failure!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_decides()
    {
        var service = await NewAsync(Manual with { Timeout = HttpCheckTests.Milliseconds(100) });
        var ended = await service.FinishAsync("2.0");
        Assert.Equal(("check_timeout", "No verdict within 100ms: nobody has answered \"Does it look right?\"."), (ended.Failure!.Code, ended.Failure.Reason));
    }

    [Fact]
    public async Task Waiting_takes_its_time()
    {
        var service = await NewAsync(new CheckDefinition { Name = "settle", Wait = HttpCheckTests.Milliseconds(400) });
        var ended = await service.FinishAsync("2.0");
        Assert.Equal(DeploymentStatus.Succeeded, ended.Status);
        Assert.True(ended.Stages[^1].FinishedAt - ended.Stages[^1].StartedAt >= TimeSpan.FromMilliseconds(390), $"{ended.Stages[^1].FinishedAt - ended.Stages[^1].StartedAt}");
    }

    [Theory]
    [InlineData("pass", DeploymentStatus.Succeeded)]
    [InlineData("fail", DeploymentStatus.RolledBack)]
    public async Task Another_system_answers_later_and_once(string verdict, DeploymentStatus status)
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Accepted());
        var service = await NewAsync(Webhook(asked));
        var deployment = await service.DeployAsync("2.0");
        await service.UntilAsync(deployment, now => now.Stages[^1].Note == $"Waiting for the verdict of {asked.Url}/ask");
        var request = Assert.Single(asked.Requests);
        var body = JsonNode.Parse(request.Body)!;
        var callback = (string)body["callback"]!;
        Assert.Equal(("POST", deployment.Id.Value, "2.0", "1.0", $"{deployment.Id}/check-other/1"), (request.Method, (string?)body["deployment"], (string?)body["version"], (string?)body["previousVersion"], request.Headers["Idempotency-Key"]));
        Assert.Equal(callback, request.Headers["Slipway-Callback"]);

        await (await PostAsync(callback, """{"verdict":"perhaps"}""")).ShouldRefuseAsync(HttpStatusCode.BadRequest, "invalid_request");
        await (await PostAsync(callback[..^3] + "abc", """{"verdict":"pass"}""")).ShouldRefuseAsync(HttpStatusCode.NotFound, "check_not_found");
        var first = await PostAsync(callback, $$"""{"verdict":"{{verdict}}","reason":"more\u001b errors\n than before"}""");
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await (await PostAsync(callback, """{"verdict":"pass"}""")).ShouldRefuseAsync(HttpStatusCode.Conflict, "check_answered");

        var ended = await service.EndAsync(deployment);
        Assert.Equal(status, ended.Status);
        if (status == DeploymentStatus.RolledBack)
            Assert.Equal(("check_failed", $"{asked.Url}/ask says fail: more errors than before."), (ended.Failure!.Code, ended.Failure.Reason));

        await (await PostAsync(callback, """{"verdict":"pass"}""")).ShouldRefuseAsync(HttpStatusCode.Conflict, "check_answered");
        var audit = await server.Http.GetAsync<Page<AuditEntry>>("/api/v1/audit?limit=500");
        Assert.Contains(audit.Items, entry => entry.Action == "POST /api/v1/checks/{token}" && entry.Code == "check_answered");
        Assert.DoesNotContain(audit.Items, entry => entry.Action.Contains(callback[^40..], StringComparison.Ordinal));
        Assert.DoesNotContain(callback[^40..], JsonSerializer.Serialize(ended, ContractsJson.Default.Deployment), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pass", DeploymentStatus.Succeeded)]
    [InlineData("fail", DeploymentStatus.RolledBack)]
    public async Task Another_system_may_answer_at_once(string verdict, DeploymentStatus status)
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Text($$"""{"verdict":"{{verdict}}"}""", "application/json"));
        var service = await NewAsync(Webhook(asked));
        Assert.Equal(status, (await service.FinishAsync("2.0")).Status);
        Assert.Single(asked.Requests);
    }

    [Fact]
    public async Task What_another_system_gets_is_signed_with_a_secret_of_the_target()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Text("""{"verdict":"pass"}"""));
        var service = await NewAsync(Webhook(asked) with { Webhook = new() { Url = asked.Url, Secret = "SIGNING" } });
        var refused = await (await service.PostAsync(service.Request("2.0"))).ShouldRefuseAsync(HttpStatusCode.Conflict, "check_not_possible");
        Assert.Contains($"Set it: slipway config set {service.Name} --in production --secret SIGNING=- ", refused.Detail, StringComparison.Ordinal);

        await server.Get<ConfigStore>().CreateAsync(
            new TargetId(ServiceName.Parse(service.Name), EnvironmentName.Parse("production")),
            new CreateConfigRevision { Secrets = new Dictionary<string, string> { ["SIGNING"] = "any words" } },
            "kim",
            TestContext.Current.CancellationToken);
        Assert.Equal(DeploymentStatus.Succeeded, (await service.FinishAsync("2.0")).Status);
        var (headers, body) = (asked.Requests[0].Headers, asked.Requests[0].Body);
        Assert.Equal("v1," + Convert.ToBase64String(WebhookSignature.Sign(headers["webhook-id"], headers["webhook-timestamp"], body, "any words")), headers["webhook-signature"]);
        Assert.DoesNotContain("any words", body + string.Join(' ', headers.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_system_that_is_not_there_yet_is_asked_again_with_the_same_key()
    {
        await using var asked = await AskedSystem.StartAsync((_, number) => number < 3 ? Results.StatusCode(503) : Results.Text("""{"verdict":"pass"}"""));
        var service = await NewAsync(Webhook(asked));
        Assert.Equal(DeploymentStatus.Succeeded, (await service.FinishAsync("2.0")).Status);
        Assert.Equal(3, asked.Requests.Count);
        Assert.Single(asked.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
    }

    [Fact]
    public async Task Another_system_that_never_answers_is_waited_for_until_the_time_is_over()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Accepted());
        var service = await NewAsync(Webhook(asked) with { Timeout = HttpCheckTests.Milliseconds(300) });
        var ended = await service.FinishAsync("2.0");
        Assert.Equal("check_timeout", ended.Failure!.Code);
        Assert.Single(asked.Requests);
    }

    [Fact]
    public async Task What_it_sends_may_be_of_ones_own_and_after_a_pause_only_the_new_address_counts()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Accepted());
        var service = await NewAsync(Webhook(asked) with { Webhook = new() { Url = asked.Url, Body = "{\"answerTo\":\"${SLIPWAY_CALLBACK}\"}" } });
        var deployment = await service.DeployAsync("2.0");
        await service.UntilAsync(deployment, now => now.Stages[^1].Note?.StartsWith("Waiting", StringComparison.Ordinal) == true);
        var old = (string)JsonNode.Parse(asked.Requests[0].Body)!["answerTo"]!;
        await service.DoAsync(deployment, "pause");
        await service.UntilAsync(deployment, now => now.Status == DeploymentStatus.Paused);
        await (await PostAsync(old, """{"verdict":"pass"}""")).ShouldRefuseAsync(HttpStatusCode.Conflict, "check_over");
        await service.DoAsync(deployment, "resume");
        await service.UntilAsync(deployment, now => now.Stages[^1] is { Attempt: 2 } again && again.Note?.StartsWith("Waiting", StringComparison.Ordinal) == true);
        await (await PostAsync(old, """{"verdict":"pass"}""")).ShouldRefuseAsync(HttpStatusCode.Conflict, "check_over");
        Assert.Equal(HttpStatusCode.NoContent, (await PostAsync((string)JsonNode.Parse(asked.Requests[1].Body)!["answerTo"]!, """{"verdict":"pass"}""")).StatusCode);
        Assert.Equal(DeploymentStatus.Succeeded, (await service.EndAsync(deployment)).Status);
    }

    [Fact]
    public async Task People_do_not_answer_for_another_system()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Accepted());
        var service = await NewAsync(Webhook(asked));
        var deployment = await service.DeployAsync("2.0");
        await service.UntilAsync(deployment, now => now.Stages[^1].Note?.StartsWith("Waiting", StringComparison.Ordinal) == true);
        await (await service.AskAsync(deployment, "approve")).ShouldRefuseAsync(HttpStatusCode.Conflict, "nothing_to_approve");
        await service.DoAsync(deployment, "cancel");
        await service.EndAsync(deployment);
    }

    private static CheckDefinition Webhook(AskedSystem asked) => new() { Name = "other", Webhook = new() { Url = asked.Url + "/ask?key=abc" }, Interval = HttpCheckTests.Milliseconds(20) };

    private async Task<HttpResponseMessage> PostAsync(string callback, string json) => await server.Anonymous.PostTextAsync(callback, json);

    private async Task<Scripted> NewAsync(CheckDefinition check)
    {
        var service = await Scripted.NewAsync(server);
        await service.FinishAsync();
        service.Checks = [check];
        await service.PublishAsync("2.0");
        return service;
    }
}
