using Slipway.Agent.Supervision;

namespace Slipway.Agent.Signals;

/// <summary>What runs of a service, as far as measuring goes.</summary>
/// <param name="HasOutput">False where its output goes elsewhere than to the service's log: to systemd's journal.</param>
/// <param name="IsFresh">False where it ran already when this agent began.</param>
internal sealed record MeasuredRun(IServiceRun Run, SignalSettings Settings, string Version, ulong Generation, bool HasOutput, bool IsFresh);
