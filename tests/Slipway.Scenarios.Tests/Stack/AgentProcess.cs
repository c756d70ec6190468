namespace Slipway.Scenarios.Tests.Stack;

/// <summary>A real agent that has joined. Ending it leaves its services running, as on any instance; the fleet ends those at its own end.</summary>
public sealed class AgentProcess : IAsyncDisposable
{
    private readonly string data;
    private readonly FleetSettings settings;
    private RunningProgram program;

    private AgentProcess(string name, string data, int balancerPort, FleetSettings settings)
    {
        Name = name;
        this.data = data;
        this.settings = settings;
        BalancerPort = balancerPort;
        program = Run();
    }

    public string Name { get; }

    public int BalancerPort { get; }

    public int ProcessId => program.Id;

    public string Output => program.Output;

    public static async Task<AgentProcess> JoinAsync(
        IReadOnlyList<string> servers, string joinToken, string environment, string name, string data, FleetSettings settings, params string[] services)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var balancer = FreePort.Next();
        var joined = await Command.RunAsync(
            Repository.Program("slipway-agent"),
            [
                "join", .. servers.SelectMany(server => new[] { "--server", server }), "--token", joinToken, "--environment", environment, "--name", name, "--data", data,
                "--balancer", $"127.0.0.1:{balancer}", "--transport", settings.TransportOf(name), .. services.SelectMany(service => new[] { "--service", service }),
            ]);
        Assert.True(joined.ExitCode == 0, $"{name} could not join: {joined.Story}");
        return new(name, data, balancer, settings);
    }

    public Task KillAsync() => program.KillAsync();

    public Task StopAsync() => program.StopAsync();

    public async Task StartAgainAsync()
    {
        await program.DisposeAsync();
        program = Run();
    }

    public ValueTask DisposeAsync() => program.DisposeAsync();

    private RunningProgram Run() => RunningProgram.Start(Repository.Program("slipway-agent"), ["run", "--data", data], settings.Environment);

    /// <summary>Another command of the agent's program, on the same folder.</summary>
    internal Task<CommandResult> CommandAsync(string command) =>
        Command.RunAsync(Repository.Program("slipway-agent"), [command, "--data", data], settings.Environment);
}
