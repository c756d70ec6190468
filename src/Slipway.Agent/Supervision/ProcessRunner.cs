using System.Security.Cryptography;
using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Supervision;

/// <summary>Runs services as processes of their own, which go on when the agent ends.</summary>
internal sealed class ProcessRunner(DataFolder data, ExitWatcher watcher, TimeProvider time) : IRunner
{
    public Task<StartOutcome> StartAsync(Activation activation, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var file = new RunFile(data.Service(activation.Service).Run);
        var process = Start(activation, file, restarts: 0, activated: false, out var refused);
        return Task.FromResult<StartOutcome>(process is null
            ? refused!
            : new StartOutcome.Started(new ProcessRun(this, activation, file, process, restarts: 0, time)));
    }

    public Task<IServiceRun?> FindAsync(ServiceName service, RunRecord record, Activation? activation, CancellationToken cancellation)
    {
        var identity = record.Process is { } written ? (written.IsAlive ? written : null) : ProcessTable.Leader(record.Run);
        if (identity is null)
        {
            KillWhatIsLeftOf(record);
            return Task.FromResult<IServiceRun?>(null);
        }

        var file = new RunFile(data.Service(service).Run);
        var process = new ServiceProcess(identity, record.Run, isChild: false, watcher, time);
        return Task.FromResult<IServiceRun?>(new ProcessRun(this, activation, file, process, record.Restarts, time));
    }

    /// <summary>Its leader ended while no agent ran: helpers it left in its group still hold its port and files.</summary>
    private static void KillWhatIsLeftOf(RunRecord record)
    {
        if (record.Process is not { } leader || leader.Boot != ProcessTable.Boot)
            return;

        foreach (var member in ProcessTable.Run(record.Run, leader.Pid))
            _ = Libc.Kill(member.Pid, Signals.Kill);
    }

    /// <summary>The intent is written first, then the process is started, then it is written down: there is no moment at which it can be lost.</summary>
    internal ServiceProcess? Start(Activation activation, RunFile file, int restarts, bool activated, out StartOutcome.Refused? refused)
    {
        refused = null;
        var folder = data.Service(activation.Service);
        Directory.CreateDirectory(folder.Logs);
        var run = RandomNumberGenerator.GetHexString(16, lowercase: true);
        var log = Logs.LogFiles.Current(folder);
        if (CommandLine.Build(activation.Release.Spec.Command, activation, folder, log, run, out var failure) is not { } launch)
        {
            refused = new("start_failed", failure!);
            return null;
        }

        var record = new RunRecord
        {
            Run = run,
            Generation = activation.Generation,
            Version = activation.Release.Version,
            ConfigRevision = activation.Release.ConfigRevision,
            Port = activation.Port,
            Restarts = restarts,
            Activated = activated,
        };
        if (!TrySave(file, record, out failure))
        {
            refused = new("start_failed", failure!);
            return null;
        }

        if (Spawner.Spawn(launch, out failure) is not { } pid)
        {
            refused = new("start_failed", failure!);
            return null;
        }

        // A child of ours stays in the table at least as a zombie, so it can be read however short its life was.
        var identity = ProcessIdentity.Of(pid) ?? throw new InvalidOperationException($"Process {pid} is not in /proc. Is it mounted?");

        // Where this fails (a full disk) the process can still be found by the run it carries.
        _ = TrySave(file, record with { Process = identity }, out _);
        return new(identity, run, isChild: true, watcher, time);
    }

    private static bool TrySave(RunFile file, RunRecord record, out string? failure)
    {
        try
        {
            file.Save(record);
            failure = null;
            return true;
        }
        catch (IOException e)
        {
            failure = $"The agent could not write down that it starts the service: {e.Message}";
            return false;
        }
    }
}
