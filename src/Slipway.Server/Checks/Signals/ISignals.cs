using Slipway.Contracts.Ids;

namespace Slipway.Server.Checks.Signals;

/// <summary>What instances of a service have measured, on common steps.</summary>
internal interface ISignals
{
    /// <summary>How long a step is; 0: nothing has come yet.</summary>
    int StepMs { get; }

    /// <summary>The step that index 0 is, counted from the epoch.</summary>
    long Origin { get; }

    /// <summary>Null: it has told nothing.</summary>
    InstanceSignals? Find(InstanceName instance);
}
