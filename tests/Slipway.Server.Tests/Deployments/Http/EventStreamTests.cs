using System.Globalization;
using System.Text.Json;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;

namespace Slipway.Server.Tests.Deployments.Http;

[OnBothDatabases]
public sealed class EventStreamTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_stream_tells_everything_as_it_happens_and_ends_with_the_end()
    {
        var service = await Scripted.NewAsync(server, Scripted.Stage("one", "waiting: 100ms", "succeeded"));
        var deployment = await service.DeployAsync();
        var seen = await ReadAsync($"/api/v1/deployments/{deployment.Id}/events", null);
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(number => (long)number), seen.Select(item => item.Id));
        Assert.Equal(["created", "started", "stageStarted", "stageNoted", "stageSucceeded", "finished"], seen.Select(item => item.Type));
        var events = await service.EventsAsync(deployment);
        Assert.Equal(events.Select(happened => happened.Message), seen.Select(item => item.Event.Message));
    }

    [Fact]
    public async Task A_reader_that_comes_back_gets_what_it_has_missed()
    {
        var service = await Scripted.NewAsync(server);
        var deployment = await service.FinishAsync();
        var all = await ReadAsync($"/api/v1/deployments/{deployment.Id}/events", null);
        var rest = await ReadAsync($"/api/v1/deployments/{deployment.Id}/events", 3);
        Assert.Equal(all.Skip(3).Select(item => item.Id), rest.Select(item => item.Id));
        Assert.Empty(await ReadAsync($"/api/v1/deployments/{deployment.Id}/events", all[^1].Id));
    }

    [Fact]
    public async Task A_page_begins_where_it_is_told()
    {
        var service = await Scripted.NewAsync(server);
        var deployment = await service.FinishAsync();
        var page = await server.Http.GetAsync<Page<DeploymentEvent>>($"/api/v1/deployments/{deployment.Id}/events?after=1&limit=2");
        Assert.Equal([2L, 3L], page.Items.Select(happened => happened.Sequence));
        Assert.NotNull(page.NextCursor);
    }

    [Fact]
    public async Task The_stream_of_everything_resumes_by_event_id()
    {
        var service = await Scripted.NewAsync(server);
        var first = await service.FinishAsync();
        var from = (await service.EventsAsync(first))[^1].Id;
        var second = await service.FinishAsync();
        var seen = await ReadAsync("/api/v1/events", from, item => item.Event.Deployment == second.Id && item.Type == "finished");
        Assert.All(seen, item => Assert.True(item.Id > from));
        Assert.Equal(["created", "started"], seen.Where(item => item.Event.Deployment == second.Id).Take(2).Select(item => item.Type));
    }

    private async Task<List<(long Id, string Type, DeploymentEvent Event)>> ReadAsync(string path, long? lastEventId, Func<(long Id, string Type, DeploymentEvent Event), bool>? enough = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (lastEventId is { } last)
            request.Headers.Add("Last-Event-ID", last.ToString(CultureInfo.InvariantCulture));

        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        var items = new List<(long, string, DeploymentEvent)>();
        var (id, type) = (0L, "");
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line[4..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("data: ", StringComparison.Ordinal) && type != "instances")
            {
                var item = (id, type, JsonSerializer.Deserialize(line[6..], ContractsJson.Default.DeploymentEvent)!);
                items.Add(item);
                if (enough?.Invoke(item) == true)
                    break;
            }
        }

        return items;
    }
}
