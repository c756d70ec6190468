using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Agent.V1;
using Slipway.Server.Instances.Logs;

namespace Slipway.Server.Tests.Instances;

public sealed class LogTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task Lines_come_through_and_end_when_the_agent_says_so()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "logs-1", "production", "checkout");
        await agent.ConnectAsync();
        using var response = await OpenAsync(agent, "lines=5");
        var tail = (await agent.HearAsync(ToAgent.BodyOneofCase.TailLogs)).TailLogs;
        Assert.Equal(("checkout", 5, false), (tail.Service, tail.Lines, tail.Follow));
        await agent.SayAsync(new() { LogChunk = new() { Tail = tail.Tail, Lines = { "one", "two" } } });
        await agent.SayAsync(new() { LogChunk = new() { Tail = "t999999", Lines = { "not yours" } } });
        await agent.SayAsync(new() { LogChunk = new() { Tail = tail.Tail, Lines = { "three" }, End = true } });

        Assert.Equal(["one", "two", "three"], await ReadAsync(response));
    }

    [Fact]
    public async Task A_reader_that_is_gone_stops_the_tail()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "logs-2", "production", "checkout");
        await agent.ConnectAsync();
        var response = await OpenAsync(agent, "follow=true");
        var tail = (await agent.HearAsync(ToAgent.BodyOneofCase.TailLogs)).TailLogs;
        Assert.True(tail.Follow);
        await agent.SayAsync(new() { LogChunk = new() { Tail = tail.Tail, Lines = { "one" } } });
        response.Dispose();

        Assert.Equal(tail.Tail, (await agent.HearAsync(ToAgent.BodyOneofCase.StopTail)).StopTail.Tail);
    }

    [Fact]
    public async Task A_lost_connection_ends_the_tail_and_says_so()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "logs-3", "production", "checkout");
        await agent.ConnectAsync();
        using var response = await OpenAsync(agent, "follow=true");
        await agent.HearAsync(ToAgent.BodyOneofCase.TailLogs);
        agent.Drop();
        Assert.Contains("was lost", Assert.Single(await ReadAsync(response)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_is_away_or_does_not_run_the_service_is_told()
    {
        await using var agent = await FakeAgent.JoinAsync(Server, "logs-4", "production", "checkout");
        Assert.Equal("instance_not_connected", await RefusalAsync("logs-4", "checkout"));
        Assert.Equal("service_not_on_instance", await RefusalAsync("logs-4", "payroll"));
        Assert.Equal("instance_not_found", await RefusalAsync("logs-none", "checkout"));
    }

    [Fact]
    public async Task A_slow_reader_misses_lines_and_is_told_how_many()
    {
        using var tail = new LogTail("t", null!, _ => { });
        tail.Add([.. Enumerable.Repeat("x", LogTail.MaximumLines)]);
        tail.Add(["lost", "lost too"]);
        var lines = new List<string>();
        await foreach (var batch in tail.ReadAsync(CancellationToken.None))
        {
            if (lines is [])
            {
                tail.Add(["seen"]);
                tail.End(null);
            }

            lines.AddRange(batch);
        }

        Assert.Equal(["[slipway] 2 lines are missing here: they came faster than they were read.", "seen"], lines[LogTail.MaximumLines..]);
    }

    private Task<HttpResponseMessage> OpenAsync(FakeAgent agent, string query) =>
        Server.Http.GetAsync($"/api/v1/instances/{agent.Name}/services/checkout/logs?{query}", HttpCompletionOption.ResponseHeadersRead);

    private async Task<string?> RefusalAsync(string instance, string service)
    {
        using var response = await Server.Http.GetAsync($"/api/v1/instances/{instance}/services/{service}/logs");
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ApiProblem))?.Code;
    }

    private static async Task<string[]> ReadAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var text = await response.Content.ReadAsStringAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return [.. text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => JsonSerializer.Deserialize(line[6..], ContractsJson.Default.LogLine)!.Line)];
    }
}
