using Slipway.Agent.Supervision;
using Slipway.Contracts.Agent.V1;

namespace Slipway.Agent.Tests.Signals;

/// <summary>Says that a process is a service's.</summary>
internal sealed class FakeRun : IServiceRun
{
    public int ProcessId { get; set; }

    public int Restarts { get; set; }

    public Task<string> Ended { get; } = new TaskCompletionSource<string>().Task;

    public string EndedCode => "exited";

    public void KeepUp(Action<string?> changed)
    {
    }

    public Task<bool> StopAsync(Stop? stop, TimeSpan? graceAtMost, CancellationToken cancellation) => Task.FromResult(true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
