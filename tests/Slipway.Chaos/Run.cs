using System.Diagnostics;
using Slipway.Chaos.Checking;
using Slipway.Chaos.Client;
using Slipway.Chaos.Faults;
using Slipway.Chaos.Stack;

namespace Slipway.Chaos;

/// <summary>One run: start, storm, calm, check; then one more good deployment of everything, and check again.</summary>
internal sealed class Run(Options options, string folder, Action<string> tell)
{
    private static readonly TimeSpan CalmWithin = TimeSpan.FromMinutes(4);

    /// <summary>So often in a row, because what has just crashed looks calm for a moment too.</summary>
    private const int CalmLooks = 15;

    private readonly List<Violation> violations = [];

    /// <summary>Answers what was violated.</summary>
    public async Task<IReadOnlyList<Violation>> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        tell($"seed {options.Seed}: {options.Nodes} servers on {(options.UsesPostgres ? "PostgreSQL" : "SQLite")}, {options.Agents} agents, {options.Minutes} minutes, {(Sandbox.IsInside ? "in namespaces of its own" : "without namespaces: no disk is filled, no cable pulled")}{(Clock.IsPossible ? "" : ", without libfaketime: no clock jumps")}");
        await using var cluster = await Cluster.StartAsync(options, folder);
        using var api = new Api([.. cluster.Nodes.Select(node => node.Url)], cluster.Token);
        var path = Path.Combine(folder, "journal.jsonl");
        using var journal = new Journal(path);
        var collector = new Collector(cluster, api, path);
        await CalmAsync(collector, "everything has started");
        tell($"everything runs after {clock.Elapsed.TotalSeconds:0} s");

        var requests = new Requests(api, journal, options.Seed);
        var faults = await StormAsync(cluster, api, journal, requests);
        tell("mending everything");
        Trouble(await cluster.MendAsync());
        await SettleAsync(api, requests);
        await CalmAsync(collector, "the storm is over");
        await CheckAsync(cluster, collector, "history.json");

        await AfterwardsAsync(requests, collector);
        var history = await CheckAsync(cluster, collector, "history-afterwards.json");
        foreach (var line in Report.Figures(history, faults))
            tell(line);
        return violations;
    }

    private async Task<IReadOnlyDictionary<FaultKind, int>> StormAsync(Cluster cluster, Api api, Journal journal, Requests requests)
    {
        var breaker = new Breaker(cluster, api);
        var schedule = Schedule.Make(options.Seed, options.Storm, breaker.Subjects);
        tell($"{schedule.Count} faults:\n{string.Join('\n', schedule)}");
        var storm = new Storm(schedule, options.Storm, breaker, tell);
        using var end = new CancellationTokenSource(options.Storm);
        var clients = Wares.Services
            .Select((service, number) => new Customer(api, requests, service, new Random(options.Seed + number + 1)).AskAsync(end.Token))
            .Append(new Observer(api, journal).WatchAsync(end.Token));
        await Task.WhenAll([storm.RunAsync(), .. clients]);
        Trouble(storm.Troubles);
        return storm.Made;
    }

    /// <summary>What was asked without an answer gets one now, and what was paused goes on.</summary>
    private async Task SettleAsync(Api api, Requests requests)
    {
        if (!await requests.SettleAsync(TimeSpan.FromMinutes(1)))
            Trouble([$"{requests.Unknown} requests get no answer although nothing is broken any more."]);

        foreach (var service in Wares.Services)
        {
            var customer = new Customer(api, requests, service, new Random(options.Seed));
            await Patience.UntilAsync(
                async () =>
                {
                    await customer.ResumeAllAsync(CancellationToken.None);
                    return true;
                },
                TimeSpan.FromSeconds(30));
        }
    }

    private async Task CalmAsync(Collector collector, string after)
    {
        var clock = Stopwatch.StartNew();
        var inARow = 0;
        if (!await Patience.UntilAsync(async () => (inARow = await collector.IsCalmAsync() ? inARow + 1 : 0) >= CalmLooks, CalmWithin))
            Trouble([$"{CalmWithin.TotalMinutes:0} minutes after {after} there is no calm."]);
        tell($"calm {clock.Elapsed.TotalSeconds:0.0} s after {after}");
    }

    /// <summary>Whatever happened, a good version can be deployed; at the latest the third time, because the machine may be busy.</summary>
    private async Task AfterwardsAsync(Requests requests, Collector collector)
    {
        List<string> open = [.. Wares.Services];
        for (var attempt = 1; open.Count > 0 && attempt <= 3; attempt++)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var asked = new Dictionary<string, string?>();
            foreach (var service in open)
                asked[service] = (await requests.DeployAsync(service, Wares.Environment, Wares.All.First(ware => ware.Service == service).Version, null, noRollback: false, Twice.No, limit.Token))?.Deployment;

            await CalmAsync(collector, "a good version was deployed");
            var history = await collector.CollectAsync(options.Seed);
            open.RemoveAll(service => history.Deployments.Any(deployment => deployment.Id == asked[service] && deployment.Status == "succeeded"));
        }

        Trouble(open.Select(service => $"No good version of {service} can be deployed any more."));
    }

    private async Task<History> CheckAsync(Cluster cluster, Collector collector, string file)
    {
        var history = await collector.CollectAsync(options.Seed);
        history.Save(Path.Combine(folder, file));
        List<Violation> found = [.. Checker.Check(history).Where(found => !violations.Exists(known => known.Rule == found.Rule && known.What == found.What))];
        violations.AddRange(found);
        if (found.Count > 0)
            await KeepAsync(cluster);
        return history;
    }

    /// <summary>The folders of servers and agents lie on disks that go with the run.</summary>
    private async Task KeepAsync(Cluster cluster)
    {
        var evidence = Directory.CreateDirectory(Path.Combine(folder, "evidence")).FullName;
        foreach (var kept in cluster.Nodes.Select(node => node.Disk.Folder).Concat(cluster.Agents.Select(agent => agent.Disk.Folder)))
            await Tool.TryAsync("cp", "-a", kept, evidence);
    }

    private void Trouble(IEnumerable<string> troubles) => violations.AddRange(troubles.Select(trouble => new Violation("everything comes back", trouble, [])));
}
