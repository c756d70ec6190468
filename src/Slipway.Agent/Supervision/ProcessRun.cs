using Slipway.Agent.Activating;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Supervision;

/// <summary>A service that runs as processes of its own, one after the other: each start again is a new process of the same run.</summary>
internal sealed class ProcessRun : IServiceRun
{
    private readonly ProcessRunner runner;
    private readonly Activation? activation;
    private readonly RunFile file;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource letGo = new();
    private readonly Backoff backoff;
    private ServiceProcess process;
    private long startedAt;
    private Task? keepingUp;
    private Action<string?> changed = _ => { };

    public ProcessRun(ProcessRunner runner, Activation? activation, RunFile file, ServiceProcess process, int restarts, TimeProvider time)
    {
        (this.runner, this.activation, this.file, this.process, this.time) = (runner, activation, file, process, time);
        Restarts = restarts;
        backoff = Backoff.Of(activation?.Release.Spec.Restarts);
        startedAt = time.GetTimestamp();
        Ended = SayAsync(process);
    }

    public int ProcessId => process.Exited.IsCompleted ? 0 : process.Identity.Pid;

    public int Restarts { get; private set; }

    public Task<string> Ended { get; }

    public string EndedCode => "exited";

    public void KeepUp(Action<string?> changed)
    {
        if (file.Load() is { Activated: false } record)
            file.Save(record with { Activated = true });
        this.changed = changed;
        keepingUp ??= KeepUpAsync(letGo.Token);
    }

    public async Task<bool> StopAsync(Stop? stop, TimeSpan? graceAtMost, CancellationToken cancellation)
    {
        await letGo.CancelAsync();
        await (keepingUp ?? Task.CompletedTask);
        if (!await process.StopAsync(stop, graceAtMost, cancellation))
            return false;

        file.Delete();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await letGo.CancelAsync();
        await (keepingUp ?? Task.CompletedTask);
        letGo.Dispose();
    }

    private async Task KeepUpAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var end = (await process.Exited.WaitAsync(cancellation)).ToString();
                while (true)
                {
                    var pause = backoff.Next(time.GetElapsedTime(startedAt));
                    changed(end);
                    await Task.Delay(pause, time, cancellation);
                    startedAt = time.GetTimestamp();
                    if (runner.Start(activation!, file, Restarts + 1, activated: true, out var refused) is { } next)
                    {
                        process = next;
                        Restarts++;
                        break;
                    }

                    end = "could not be started again: " + refused!.Reason;
                }

                changed(null);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped or let go: whoever cancelled has the process now.
        }
    }

    private static async Task<string> SayAsync(ServiceProcess process) => (await process.Exited).ToString();
}
