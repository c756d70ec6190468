namespace Slipway.DeploymentTypes.Observing;

/// <summary>
/// A deployment type whose instances Slipway does not run itself: what runs for a target has to be asked for, also where nobody has deployed
/// through Slipway.
/// </summary>
public interface IObservesTargets : IDeploymentType
{
    /// <summary>Looks what runs and what somebody has started there. Changes nothing. Throws where it could not tell, with a sentence for a person.</summary>
    Task<TargetObservation> ObserveAsync(ObserveRequest request, CancellationToken cancellation);
}
