using Slipway.Agent.Health;

namespace Slipway.Agent.Activating;

/// <summary>Told what a watch sees.</summary>
internal interface IWatchEar
{
    /// <summary>The state is another one.</summary>
    void Changed(ServiceWatch watch);

    /// <summary>What ran had ended by itself and was started again.</summary>
    void StartedAgain();

    void Asked(ProbeAnswer answer, TimeSpan took);

    void IntervalEnded();

    /// <summary>Something went wrong in the watching itself.</summary>
    void Troubled(Exception trouble);
}
