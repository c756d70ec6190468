using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Supervision;

/// <summary>Runs a command beside a service: in the version's folder, with its environment and user, and with a time to end in.</summary>
internal static class OneCommand
{
    /// <param name="output">The file that gets what it prints, emptied first.</param>
    public static async Task<CommandResult> RunAsync(
        Command command, Activation activation, ServiceFolder folder, string output, TimeSpan within, ExitWatcher watcher, TimeProvider time, CancellationToken cancellation)
    {
        if (CommandLine.Build(command, activation, folder, output, run: null, out var failure) is not { } launch || Spawner.Spawn(launch, out failure) is not { } pid)
            return new CommandResult.NotRun(failure!);

        var identity = ProcessIdentity.Of(pid) ?? throw new InvalidOperationException($"Process {pid} is not in /proc. Is it mounted?");
        var process = new ServiceProcess(identity, run: "", isChild: true, watcher, time);
        try
        {
            return new CommandResult.Ended(await process.Exited.WaitAsync(within, time, cancellation));
        }
        catch (TimeoutException)
        {
            return new CommandResult.TookTooLong();
        }
        finally
        {
            if (!process.Exited.IsCompleted)
                await process.StopAsync(new() { Signal = "SIGKILL" }, TimeSpan.Zero, CancellationToken.None);
        }
    }
}
