using Slipway.Agent.Supervision;
using Slipway.Agent.Supervision.Systemd;

namespace Slipway.Agent.Signals;

/// <summary>What runs of a service, as far as measuring goes.</summary>
/// <param name="Journal">Null where its output goes to the service's log.</param>
/// <param name="IsFresh">False where it ran already when this agent began.</param>
internal sealed record MeasuredRun(IServiceRun Run, SignalSettings Settings, string Version, ulong Generation, IJournaled? Journal, bool IsFresh);
