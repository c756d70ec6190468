using Slipway.Agent.Connection;

namespace Slipway.Agent.Queue;

/// <summary>The AWS transport: commands from a queue, reports over the API. Either goes on while the other cannot.</summary>
internal sealed class QueueTransport(QueueListener listener, Reporter reporter) : ITransport
{
    public async Task RunAsync(CancellationToken cancellation) =>
        await Task.WhenAll(listener.RunAsync(cancellation), reporter.RunAsync(cancellation));
}
