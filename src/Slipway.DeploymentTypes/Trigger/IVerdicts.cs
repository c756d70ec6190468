namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Whether what a deployment has changed is healthy, by what its instances measure.</summary>
public interface IVerdicts
{
    /// <summary>
    /// Looks at what is known by now, and sees to it that more becomes known. May be asked at any time, as often as anybody likes: looking more often finds no more
    /// than looking once. Never throws: what cannot be judged is inconclusive.
    /// </summary>
    Task<VerdictView> LookAsync(VerdictQuestion question, CancellationToken cancellation);
}
