using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Slipway.Contracts;
using Slipway.Contracts.Changes;
using Slipway.Contracts.Deployments;

namespace Slipway.Server.Tests.Changes;

/// <summary>The stream of changes, read as it comes.</summary>
internal sealed class Followed : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource stop = new();
    private readonly Channel<Heard> inbox = Channel.CreateUnbounded<Heard>();
    private readonly HttpResponseMessage response;
    private readonly Task reading;

    private Followed(HttpResponseMessage response)
    {
        this.response = response;
        reading = ReadAsync();
    }

    /// <summary>What happens after this is heard.</summary>
    public static async Task<Followed> StartAsync(HttpClient client, long? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/changes");
        if (lastEventId is { } last)
            request.Headers.Add("Last-Event-ID", last.ToString(CultureInfo.InvariantCulture));

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, response.ToString());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new(response);
    }

    /// <summary>The next one like this; others before it are dropped.</summary>
    public async Task<Heard> HearAsync(Func<Heard, bool> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            var heard = await inbox.Reader.ReadAsync(timeout.Token);
            if (condition(heard))
                return heard;
        }
    }

    /// <summary>Everything up to the first one like this.</summary>
    public async Task<List<Heard>> HearUntilAsync(Func<Heard, bool> condition)
    {
        List<Heard> all = [];
        await HearAsync(heard =>
        {
            all.Add(heard);
            return condition(heard);
        });
        return all;
    }

    public Task<Heard> HearTargetAsync(string service) =>
        HearAsync(heard => heard.Message.Targets?.Targets.Any(target => target.Service.Value == service) == true);

    public Task<Heard> HearKindAsync(string kind) => HearAsync(heard => heard.Message.Catalog?.Kinds.Contains(kind) == true);

    /// <summary>The server has ended it.</summary>
    public Task EndedAsync() => reading.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        response.Dispose();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task ReadAsync()
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(stop.Token));
        var (id, type) = ((long?)null, "");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                (type, id) = (line[7..], null);
            else if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line[4..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                await inbox.Writer.WriteAsync(new(id, Read(type, line[6..]), DateTimeOffset.UtcNow), stop.Token);
        }
    }

    private static ChangeMessage Read(string type, string json) => type switch
    {
        "deployment" => new() { Deployment = JsonSerializer.Deserialize(json, ContractsJson.Default.DeploymentEvent) },
        "progress" => new() { Progress = JsonSerializer.Deserialize(json, ContractsJson.Default.ProgressChanged) },
        "targets" => new() { Targets = JsonSerializer.Deserialize(json, ContractsJson.Default.TargetsChanged) },
        "catalog" => new() { Catalog = JsonSerializer.Deserialize(json, ContractsJson.Default.CatalogChanged) },
        _ => throw new InvalidOperationException($"No such event: {type}."),
    };

    internal sealed record Heard(long? Id, ChangeMessage Message, DateTimeOffset At)
    {
        public DeploymentEvent? Event => Message.Deployment;
    }
}
