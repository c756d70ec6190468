using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Agent.Logs;
using Slipway.Agent.Supervision;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Health;

/// <summary>Healthy when a command, run in the service's folder with its environment and user, exits with 0.</summary>
internal sealed class CommandHealth(Command command, Activation activation, ServiceFolder folder, ExitWatcher watcher, TimeProvider time) : IHealthProbe
{
    /// <summary>Starting a program fifty times a second would keep the service itself from starting.</summary>
    public TimeSpan ShortestPause => TimeSpan.FromMilliseconds(200);

    public async Task<ProbeAnswer> AskAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        var output = Path.Combine(folder.Logs, "health-check.log");
        return await OneCommand.RunAsync(command, activation, folder, output, timeout, watcher, time, cancellation) switch
        {
            CommandResult.Ended { Exit: ProcessExit.WithCode { Code: 0 } } => ProbeAnswer.Healthy.Instance,
            CommandResult.Ended ended => new ProbeAnswer.Unhealthy($"the health check {ended.Exit}{LastLine(output)}"),
            CommandResult.NotRun refused => new ProbeAnswer.Unhealthy($"the health check could not be run: {refused.Failure}"),
            _ => new ProbeAnswer.Unhealthy($"the health check did not end within {timeout.TotalSeconds:0.##} s"),
        };
    }

    private static string LastLine(string path) =>
        LogTail.Read(path, 5, 0, long.MaxValue).FindLast(line => !string.IsNullOrWhiteSpace(line)) is { } line ? ": " + line.Trim() : "";
}
