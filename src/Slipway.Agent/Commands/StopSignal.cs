using System.Runtime.InteropServices;

namespace Slipway.Agent.Commands;

/// <summary>SIGTERM, SIGINT (Ctrl-C) and SIGHUP as a cancellation.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly PosixSignalRegistration[] registrations;

    private StopSignal(CancellationToken also)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(also);
        registrations = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];
    }

    public CancellationToken Token => stop.Token;

    public static StopSignal Listen(CancellationToken also) => new(also);

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}
