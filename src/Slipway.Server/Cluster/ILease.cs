using Slipway.Server.Api;

namespace Slipway.Server.Cluster;

/// <summary>
/// Permission to act on the world. A node that does not reach the database has none, from before another node may take over: what it would do could be done
/// there a second time. Taking it again is automatic.
/// </summary>
internal interface ILease : INotReady
{
    bool IsHeld { get; }

    /// <summary>It has not been held for so long that another node has taken over by now: whoever speaks with this one should go there.</summary>
    bool IsSurelyOver { get; }

    /// <summary>Ends when the lease does; not to be kept beyond one piece of work.</summary>
    CancellationToken Token { get; }
}
