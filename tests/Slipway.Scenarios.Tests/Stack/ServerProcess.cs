namespace Slipway.Scenarios.Tests.Stack;

/// <summary>The real server on a free port, with its data in a folder of its own. It can be killed and started again.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly string data;
    private readonly HttpClient probe = new();
    private RunningProgram program;

    private ServerProcess(string data, string url)
    {
        this.data = data;
        Url = url;
        program = Run();
    }

    public string Url { get; }

    /// <summary>The first administrator's.</summary>
    public string Token => File.ReadAllText(Path.Combine(data, "admin-token")).Trim();

    public int ProcessId => program.Id;

    public string Output => program.Output;

    public static async Task<ServerProcess> StartAsync(string data)
    {
        var server = new ServerProcess(data, $"http://127.0.0.1:{FreePort.Next()}");
        await server.ReadyAsync();
        return server;
    }

    public Task KillAsync() => program.KillAsync();

    public Task StopAsync() => program.StopAsync();

    /// <summary>The same server again: same address, same data.</summary>
    public async Task StartAgainAsync()
    {
        await program.DisposeAsync();
        program = Run();
        await ReadyAsync();
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
            using var answer = await probe.GetAsync(new Uri(Url + "/health/ready"));
            return answer.IsSuccessStatusCode;
        },
        evidence: () => program.Output);

    private RunningProgram Run() => RunningProgram.Start(
        Repository.Program("slipway-server"),
        ["--urls", Url],
        new Dictionary<string, string> { ["Slipway__DataDirectory"] = data });
}
