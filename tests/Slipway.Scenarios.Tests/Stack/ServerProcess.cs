namespace Slipway.Scenarios.Tests.Stack;

/// <summary>The real server on a free port, with its data in a folder of its own. It can be killed and started again.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly string data;
    private readonly FleetSettings settings;
    private readonly HttpClient probe = new();
    private RunningProgram program;

    private ServerProcess(string data, string url, FleetSettings settings)
    {
        this.data = data;
        this.settings = settings;
        Url = url;
        program = Run();
    }

    public string Url { get; }

    /// <summary>The first administrator's.</summary>
    public string Token => File.ReadAllText(Path.Combine(data, "admin-token")).Trim();

    public int ProcessId => program.Id;

    public bool HasEnded => program.HasExited;

    public int ExitCode => program.ExitCode;

    public string Output => program.Output;

    public static async Task<ServerProcess> StartAsync(string data, FleetSettings settings)
    {
        var server = new ServerProcess(data, $"http://127.0.0.1:{FreePort.Next()}", settings);
        await server.ReadyAsync();
        return server;
    }

    public Task KillAsync() => program.KillAsync();

    public Task StopAsync() => program.StopAsync();

    /// <summary>STOP, CONT, …</summary>
    public void Signal(string name) => program.Signal(name);

    /// <summary>The same server again: same address, same data.</summary>
    public async Task StartAgainAsync()
    {
        await program.DisposeAsync();
        program = Run();
        await ReadyAsync();
    }

    /// <summary>What it says about why it is not.</summary>
    public async Task<string> WhyNotReadyAsync()
    {
        using var answer = await probe.GetAsync(new Uri(Url + "/health/ready"));
        return await answer.Content.ReadAsStringAsync();
    }

    public async Task<bool> IsReadyAsync()
    {
        using var answer = await probe.GetAsync(new Uri(Url + "/health/ready"));
        return answer.IsSuccessStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        probe.Dispose();
    }

    private Task ReadyAsync() => Patience.UntilAsync(
        "the server is ready",
        async () =>
        {
            if (program.HasExited)
                throw new InvalidOperationException("The server ended: " + program.Output);
            return await IsReadyAsync();
        },
        evidence: () => program.Output);

    private RunningProgram Run() => RunningProgram.Start(
        Repository.Program("slipway-server"),
        ["--urls", Url, .. settings.ServerArguments],
        new Dictionary<string, string>(settings.Environment) { ["Slipway__DataDirectory"] = data });
}
