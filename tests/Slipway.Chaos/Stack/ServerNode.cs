namespace Slipway.Chaos.Stack;

/// <summary>One server of the cluster, with a data folder and an address of its own.</summary>
internal sealed class ServerNode : IAsyncDisposable
{
    private readonly HttpClient probe = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly IDatabase database;

    private ServerNode(int number, SmallDisk disk, Clock clock, string logs, IDatabase database)
    {
        Disk = disk;
        Clock = clock;
        this.database = database;
        Port = FreePort.Next();
        Program = new($"node-{number}", Path.Combine(logs, $"node-{number}.log"), How);
    }

    public Mortal Program { get; }

    public SmallDisk Disk { get; }

    public Clock Clock { get; }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>The first administrator's; null where another node made it.</summary>
    public string? Token => Path.Combine(Disk.Folder, "admin-token") is var path && File.Exists(path) ? File.ReadAllText(path).Trim() : null;

    public static async Task<ServerNode> MakeAsync(int number, string folder, string logs, IDatabase database, bool clockMoves) =>
        new(number, Sandbox.Disk(Path.Combine(folder, $"node-{number}"), 256), new(folder, $"node-{number}", clockMoves), logs, database);

    /// <summary>Starts it, if it does not run, and returns when it is ready. One that ends while it starts is started again, as any supervisor would.</summary>
    public async Task StartAsync()
    {
        var ready = await Patience.UntilAsync(
            async () =>
            {
                Program.Start();
                using var answer = await probe.GetAsync(new Uri(Url + "/health/ready"));
                return answer.IsSuccessStatusCode;
            },
            TimeSpan.FromMinutes(3));
        if (!ready)
            throw new TimeoutException($"{Program.Name} does not get ready; its log says why.");
    }

    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        probe.Dispose();
    }

    private (string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment) How() => (
        Repository.Program("slipway-server"),
        ["--urls", Url],
        new Dictionary<string, string>(database.Settings.Concat(Clock.Environment))
        {
            ["Slipway__DataDirectory"] = Disk.Folder,
            ["Slipway__ReservedDiskSpace"] = "1MB",
        });
}
