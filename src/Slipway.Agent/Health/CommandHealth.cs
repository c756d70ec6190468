using System.Text;
using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
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
        if (CommandLine.Build(command, activation, folder, output, run: null, out var failure) is not { } launch)
            return new ProbeAnswer.Unhealthy($"the health check could not be run: {failure}");
        if (Spawner.Spawn(launch, out failure) is not { } pid)
            return new ProbeAnswer.Unhealthy($"the health check could not be run: {failure}");

        var identity = ProcessIdentity.Of(pid) ?? throw new InvalidOperationException($"Process {pid} is not in /proc. Is it mounted?");
        var process = new ServiceProcess(identity, run: "", isChild: true, watcher, time);
        try
        {
            var exit = await process.Exited.WaitAsync(timeout, time, cancellation);
            return exit is ProcessExit.WithCode { Code: 0 }
                ? ProbeAnswer.Healthy.Instance
                : new ProbeAnswer.Unhealthy($"the health check {exit}{LastLine(output)}");
        }
        catch (TimeoutException)
        {
            return new ProbeAnswer.Unhealthy($"the health check did not end within {timeout.TotalSeconds:0.##} s");
        }
        finally
        {
            if (!process.Exited.IsCompleted)
                await process.StopAsync(new() { Signal = "SIGKILL" }, TimeSpan.Zero, CancellationToken.None);
        }
    }

    private static string LastLine(string path)
    {
        const int atMost = 4096;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(-Math.Min(atMost, file.Length), SeekOrigin.End);
        var buffer = new byte[atMost];
        var text = Encoding.UTF8.GetString(buffer, 0, file.ReadAtLeast(buffer, atMost, throwOnEndOfStream: false)).Trim();
        return text.Length == 0 ? "" : ": " + text[(text.LastIndexOf('\n') + 1)..];
    }
}
