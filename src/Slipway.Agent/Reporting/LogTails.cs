using System.Collections.Concurrent;
using Slipway.Agent.Activating;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;

namespace Slipway.Agent.Reporting;

/// <summary>Tails of service output that somebody follows through the server. They end with the connection.</summary>
internal sealed class LogTails(IActivator activator, Outbox outbox)
{
    private const int MaximumTails = 50;
    private readonly ConcurrentDictionary<string, CancellationTokenSource> running = new();

    public void Start(TailLogs request)
    {
        var stop = new CancellationTokenSource();
        if (running.Count < MaximumTails && running.TryAdd(request.Tail, stop))
            _ = Task.Run(() => RunAsync(request, stop));
    }

    public void Stop(string tail)
    {
        if (running.TryRemove(tail, out var stop))
            stop.Cancel();
    }

    public void StopAll()
    {
        foreach (var tail in running.Keys)
            Stop(tail);
    }

    private async Task RunAsync(TailLogs request, CancellationTokenSource stop)
    {
        var reason = "";
        try
        {
            reason = ServiceName.TryParse(request.Service, out var service)
                ? await activator.TailAsync(service, request.Lines, request.Follow, lines => SendAsync(request.Tail, lines, stop.Token), stop.Token) ?? ""
                : "no_such_service";
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message;
        }

        if (running.TryRemove(request.Tail, out _))
            await outbox.PutChunkAsync(new() { Tail = request.Tail, End = true, Reason = reason }, CancellationToken.None);
    }

    private ValueTask SendAsync(string tail, IReadOnlyList<string> lines, CancellationToken cancellation) =>
        outbox.PutChunkAsync(new() { Tail = tail, Lines = { lines } }, cancellation);
}
