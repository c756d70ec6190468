using System.Net.WebSockets;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Storing;
using Slipway.Server.Targets;

namespace Slipway.Server.Instances.Leaving;

/// <summary>An instance is one no more: because somebody deleted it, or because its agent says so.</summary>
internal sealed class Departure(InstanceStore store, KnownTargets targets, TargetSignals signals)
{
    public async Task TakeOutAsync(LiveInstance instance, CancellationToken cancellation)
    {
        TargetId[] left = [.. instance.Members.Where(member => member.State.Assigned.Member).Select(member => member.Target)];
        await store.RevokeAsync(instance, cancellation);
        await targets.ForgetAsync(left, cancellation);
        instance.Connection?.HangUp(WebSocketCloseStatus.PolicyViolation, "revoked");
        signals.Changed(instance);
    }
}
