using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Slipway.Chaos.Checking;
using Slipway.Contracts;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.Chaos.Client;

/// <summary>Asks, writes down, and asks again with the same key until the answer is known.</summary>
internal sealed class Requests(Api api, Journal journal, int seed)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);

    private readonly ConcurrentDictionary<string, Open> open = new();
    private int count;

    /// <summary>Asked, and nobody knows yet what came of it.</summary>
    public int Unknown => open.Count;

    public Task<Attempt?> DeployAsync(string service, string environment, string version, Strategy? strategy, bool noRollback, Twice twice, CancellationToken until)
    {
        var asked = New(Verb.Deploy, service, environment) with { Version = version };
        var request = new DeploymentRequest
        {
            Service = ServiceName.Parse(service),
            Environment = EnvironmentName.Parse(environment),
            Version = VersionName.Parse(version),
            Strategy = strategy,
            NoRollback = noRollback,
            Reason = asked.Key,
        };
        return AskAsync(asked, "deployments", JsonSerializer.Serialize(request, ContractsJson.Default.DeploymentRequest), twice, until);
    }

    public Task<Attempt?> RollBackAsync(string service, string environment, Twice twice, CancellationToken until)
    {
        var asked = New(Verb.Rollback, service, environment);
        return AskAsync(asked, $"targets/{service}/{environment}/rollback", JsonSerializer.Serialize(new() { Reason = asked.Key }, ContractsJson.Default.RollbackRequest), twice, until);
    }

    public Task<Attempt?> RestartAsync(string service, string environment, Twice twice, CancellationToken until)
    {
        var asked = New(Verb.Restart, service, environment);
        return AskAsync(asked, $"targets/{service}/{environment}/restart", JsonSerializer.Serialize(new() { Reason = asked.Key }, ContractsJson.Default.RestartRequest), twice, until);
    }

    /// <summary>Pause, resume or cancel.</summary>
    public Task<Attempt?> ControlAsync(Verb verb, string service, string environment, string deployment, CancellationToken until)
    {
        var asked = New(verb, service, environment) with { Deployment = deployment };
        return AskAsync(asked, $"deployments/{deployment}/{verb.ToString().ToLowerInvariant()}", JsonSerializer.Serialize(new() { Reason = asked.Key }, ContractsJson.Default.ControlRequest), Twice.No, until);
    }

    /// <summary>Asks again for everything of which nothing is known. False: something stays unknown.</summary>
    public async Task<bool> SettleAsync(TimeSpan atMost)
    {
        using var limit = new CancellationTokenSource(atMost);
        foreach (var (key, request) in open)
            await UntilKnownAsync(key, request, limit.Token);
        return open.IsEmpty;
    }

    private Asked New(Verb verb, string service, string environment) => new()
    {
        Key = string.Create(CultureInfo.InvariantCulture, $"s{seed}-{Interlocked.Increment(ref count)}"),
        Verb = verb,
        Service = service,
        Environment = environment,
    };

    private async Task<Attempt?> AskAsync(Asked asked, string path, string json, Twice twice, CancellationToken until)
    {
        journal.Asks(asked);
        var request = new Open(path, json);
        open[asked.Key] = request;
        if (twice == Twice.HungUp)
            await AttemptAsync(asked.Key, request, TimeSpan.FromMilliseconds(Random(asked.Key).Next(1, 60)));
        else if (twice == Twice.AtOnce)
            await Task.WhenAll(AttemptAsync(asked.Key, request), AttemptAsync(asked.Key, request));

        var answer = await UntilKnownAsync(asked.Key, request, until);
        if (twice == Twice.Later && answer is not null)
            await AttemptAsync(asked.Key, request);
        return answer;
    }

    private async Task<Attempt?> UntilKnownAsync(string key, Open request, CancellationToken until)
    {
        while (true)
        {
            var attempt = await AttemptAsync(key, request);
            if (attempt.IsKnown)
            {
                open.TryRemove(key, out _);
                return attempt;
            }

            if (until.IsCancellationRequested)
                return null;
            await Patience.WaitAsync(Between, until);
        }
    }

    /// <summary>Of the seed and the key alone, whoever asks in which order.</summary>
    private Random Random(string key) => new(seed + key.Sum(letter => letter));

    private async Task<Attempt> AttemptAsync(string key, Open request, TimeSpan? patience = null)
    {
        var attempt = await api.PostAsync(request.Path, key, request.Json, patience);
        journal.Heard(key, attempt);
        return attempt;
    }

    private sealed record Open(string Path, string Json);
}
