namespace Slipway.Server.Instances.Storing;

/// <summary>Either what agents said here is being written, or what they said to other nodes is being read: never both, or one would undo the other.</summary>
internal sealed class StatusTurn : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    public async Task<IDisposable> TakeAsync(CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        return new Turn(oneAtATime);
    }

    public void Dispose() => oneAtATime.Dispose();

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
