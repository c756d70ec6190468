using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances.Nodes;

/// <summary>Nothing of the fleet is written by this node while somebody holds both turns.</summary>
internal sealed class FleetTurns(AssignmentStore assignments, StatusTurn statuses)
{
    public async Task<IDisposable> TakeAsync(CancellationToken cancellation)
    {
        var first = await assignments.TurnAsync(cancellation);
        try
        {
            return new Both(first, await statuses.TakeAsync(cancellation));
        }
        catch
        {
            first.Dispose();
            throw;
        }
    }

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            second.Dispose();
            first.Dispose();
        }
    }
}
