using System.Diagnostics;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Slipway.Contracts;
using Slipway.Contracts.Agents;
using Slipway.Contracts.Ids;

namespace Slipway.Bench.Agents;

/// <summary>All simulated agents, and when they were told and had answered what.</summary>
internal sealed class Fleet : IDisposable
{
    private readonly Options options;
    private readonly SocketsHttpHandler handler = Trust.Handler();
    private readonly HttpMessageInvoker invoker;

    // One key for all: a server cannot tell, and 10,000 key pairs would only cost time.
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly AwsPlace? aws;
    private readonly Latencies told = new();
    private readonly Latencies acted = new();
    private Agent[] agents = [];
    private long begun;
    private string version = "";
    private long firstPrepare;
    private long lastPrepared;
    private long firstAssign;
    private long lastAssigned;
    private int acknowledged;
    private int lost;

    public Fleet(Options options)
    {
        this.options = options;
        aws = options.OverAws ? new() : null;
        invoker = new HttpMessageInvoker(handler, disposeHandler: false);
    }

    public int Acknowledged => Volatile.Read(ref acknowledged);

    public int Lost => Volatile.Read(ref lost);

    public double PrepareSeconds => Seconds(firstPrepare, lastPrepared);

    public double AssignSeconds => Seconds(firstAssign, lastAssigned);

    public async Task JoinAsync(Setup setup)
    {
        using var http = new HttpClient(handler, disposeHandler: false) { Timeout = TimeSpan.FromMinutes(1) };
        var tokens = new List<string>();
        for (var i = 0; i < options.Agents; i += 1000)
            tokens.Add(await setup.JoinTokenAsync(Math.Min(1000, options.Agents - i)));

        agents = new Agent[options.Agents];
        var publicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8 };
        await Parallel.ForEachAsync(Enumerable.Range(0, options.Agents), parallel, async (i, cancellation) =>
        {
            var request = new JoinRequest
            {
                Token = tokens[i / 1000],
                Name = InstanceName.Parse($"bench-{setup.Run}-{i:d5}"),
                Environment = Setup.Environment,
                Services = [Setup.Service],
                PublicKey = publicKey,
                AgentVersion = "bench",
            };
            using var response = await http.PostAsJsonAsync(new Uri(options.ServerOf(i), AgentPaths.Join), request, ContractsJson.Default.JoinRequest, cancellation);
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"{request.Name} could not join: {await response.Content.ReadAsStringAsync(cancellation)}");

            var answer = await response.Content.ReadFromJsonAsync(ContractsJson.Default.JoinAnswer, cancellation);
            var fails = i % 1000 < options.FailPerThousand;
            agents[i] = aws is null
                ? new ConnectedAgent(this, options, options.ServerOf(i), answer!.Instance, answer.ServerId, key, fails)
                : new ListeningAgent(this, options, answer!.Instance, answer.ServerId, key, fails, aws);
        });
    }

    public Task ConnectAsync() =>
        Parallel.ForEachAsync(agents, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel }, (agent, _) => new ValueTask(agent.ConnectAsync(invoker)));

    public void Begin(string expected)
    {
        version = expected;
        begun = Stopwatch.GetTimestamp();
        (firstPrepare, lastPrepared, firstAssign, lastAssigned) = (0, 0, 0, 0);
        acknowledged = 0;
    }

    /// <summary>Of every agent and round: from asking for the deployment until it had heard its first command.</summary>
    public Latencies Told => told;

    /// <summary>And until it had switched and said so.</summary>
    public Latencies Acted => acted;

    public AwsPlace? Aws => aws;

    public void HeardPrepare(string heard)
    {
        if (heard == version)
            told.Add(Stopwatch.GetElapsedTime(begun));

        Mark(ref firstPrepare, heard);
    }

    public void AnsweredPrepare(string told)
    {
        if (told == version)
            Volatile.Write(ref lastPrepared, Stopwatch.GetTimestamp());
    }

    public void HeardAssign(string told) => Mark(ref firstAssign, told);

    public void AnsweredAssign(string heard)
    {
        if (heard != version)
            return;

        acted.Add(Stopwatch.GetElapsedTime(begun));
        Volatile.Write(ref lastAssigned, Stopwatch.GetTimestamp());
        Interlocked.Increment(ref acknowledged);
    }

    public void HasLost() => Interlocked.Increment(ref lost);

    public void Dispose()
    {
        foreach (var agent in agents)
            agent?.Dispose();

        aws?.Dispose();
        invoker.Dispose();
        handler.Dispose();
        key.Dispose();
    }

    private void Mark(ref long first, string told)
    {
        if (told == version && Volatile.Read(ref first) == 0)
            Interlocked.CompareExchange(ref first, Stopwatch.GetTimestamp(), 0);
    }

    private static double Seconds(long from, long to) => from == 0 || to == 0 ? 0 : Stopwatch.GetElapsedTime(from, to).TotalSeconds;
}
