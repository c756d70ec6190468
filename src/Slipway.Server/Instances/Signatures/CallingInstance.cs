using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Signatures;

/// <summary>The instance whose agent makes this request, as a parameter of an endpoint marked <see cref="AgentOnly"/>.</summary>
internal sealed record CallingInstance(LiveInstance Instance)
{
    public static ValueTask<CallingInstance?> BindAsync(HttpContext context) =>
        ValueTask.FromResult(context.Items.TryGetValue(typeof(LiveInstance), out var instance) ? new CallingInstance((LiveInstance)instance!) : null);
}
