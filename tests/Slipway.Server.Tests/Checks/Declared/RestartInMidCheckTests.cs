using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Services;
using Slipway.Server.Tests.Deployments.Http;

namespace Slipway.Server.Tests.Checks.Declared;

/// <summary>A server that goes and comes back while a check is asked.</summary>
public sealed class RestartInMidCheckTests
{
    [Fact]
    public async Task It_remembers_the_tries_it_has_made()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.StatusCode(500));
        await using var server = await TestServer.StartAsync();
        var (service, deployment) = await DeployAsync(server, new() { Name = "smoke", Http = [new() { Url = asked.Url }], Failures = 1, Interval = Duration.FromSeconds(2) });
        await service.UntilAsync(deployment, now => now.Stages[^1].Steps is [_]);
        await server.RestartAsync();
        var ended = await service.EndAsync(deployment);
        Assert.Equal(DeploymentStatus.RolledBack, ended.Status);
        Assert.EndsWith("(2 failed tries of 2, 1 allowed).", ended.Failure!.Reason, StringComparison.Ordinal);
        Assert.Equal(2, asked.Requests.Count);
    }

    [Fact]
    public async Task An_answer_to_an_address_from_before_counts_after()
    {
        await using var asked = await AskedSystem.StartAsync((_, _) => Results.Accepted());
        await using var server = await TestServer.StartAsync();
        var (service, deployment) = await DeployAsync(server, new() { Name = "other", Webhook = new() { Url = asked.Url } });
        await service.UntilAsync(deployment, now => now.Stages[^1].Note?.StartsWith("Waiting", StringComparison.Ordinal) == true);
        await server.RestartAsync();
        var callback = new Uri((string)JsonNode.Parse(asked.Requests[0].Body)!["callback"]!);
        using var answer = await server.Anonymous.PostTextAsync(callback.AbsolutePath, """{"verdict":"pass"}""");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.Equal(DeploymentStatus.Succeeded, (await service.EndAsync(deployment)).Status);
        Assert.Single(asked.Requests);
    }

    private static async Task<(Scripted Service, Deployment Deployment)> DeployAsync(TestServer server, CheckDefinition check)
    {
        var service = await Scripted.NewAsync(server);
        service.Checks = [check];
        await service.PublishAsync("2.0");
        return (service, await service.DeployAsync("2.0"));
    }
}
