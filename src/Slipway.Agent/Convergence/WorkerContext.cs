using Slipway.Agent.Activating;
using Slipway.Agent.Identity;
using Slipway.Agent.Preparing;
using Slipway.Agent.Reporting;

namespace Slipway.Agent.Convergence;

/// <summary>What every service's worker works with.</summary>
internal sealed record WorkerContext(
    DataFolder Data,
    AgentIdentity Identity,
    StateFile State,
    Preparations Preparations,
    IActivator Activator,
    Outbox Outbox,
    Random Random,
    TimeProvider Time);
