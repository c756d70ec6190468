using System.Globalization;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Supervision.Systemd;

/// <summary>A service that systemd keeps running. Its restarts are systemd's; they are looked at, not made.</summary>
internal sealed class UnitRun : IServiceRun, IJournaled
{
    private static readonly TimeSpan PauseWhileStarting = TimeSpan.FromMilliseconds(250);

    // Each look starts a program: the health check notices a dead service sooner, and systemd restarts it without us.
    private static readonly TimeSpan PauseAtRest = TimeSpan.FromSeconds(15);

    private readonly string unit;
    private readonly RunFile file;
    private readonly ISystemd systemd;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource letGo = new();
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int restartsBefore;
    private readonly Task watching;
    private UnitState state;
    private Action<string?>? changed;

    public UnitRun(string unit, RunFile file, ISystemd systemd, UnitState state, TimeProvider time)
    {
        (this.unit, this.file, this.systemd, this.state, this.time) = (unit, file, systemd, state, time);
        restartsBefore = state.Restarts;
        watching = WatchAsync(letGo.Token);
    }

    public string Unit => unit;

    public string Invocation => state.Invocation;

    public int ProcessId => state.MainProcessId;

    public int Restarts => Math.Max(0, state.Restarts - restartsBefore);

    public Task<string> Ended => ended.Task;

    public string EndedCode => "unit_failed";

    public void KeepUp(Action<string?> changed)
    {
        if (file.Load() is { Activated: false } record)
            file.Save(record with { Activated = true });
        this.changed = changed;
    }

    public async Task<bool> StopAsync(Stop? stop, TimeSpan? graceAtMost, CancellationToken cancellation)
    {
        await DisposeAsync();
        if (await systemd.StopAsync(unit, cancellation) is not null)
            return false;

        file.Delete();
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await letGo.CancelAsync();
        await watching;
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Task.Delay(changed is null ? PauseWhileStarting : PauseAtRest, time, cancellation);
                var before = state;
                state = await systemd.ShowAsync(unit, cancellation);
                Compare(before, state);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopped or let go.
        }
    }

    private void Compare(UnitState before, UnitState now)
    {
        if (now.Restarts > before.Restarts)
            End($"was restarted by systemd (restart {now.Restarts.ToString(CultureInfo.InvariantCulture)})");
        else if (before.IsRunning && !now.IsRunning)
            End($"ended: the unit {unit} {now.Explanation}");

        if (now.IsRunning && (now.Restarts > before.Restarts || !before.IsRunning))
            changed?.Invoke(null);
    }

    private void End(string sentence)
    {
        ended.TrySetResult(sentence);
        changed?.Invoke(sentence);
    }
}
