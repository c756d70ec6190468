namespace Slipway.DeploymentTypes.Scripted;

/// <summary>The outside world of scripted deployments: an effect that tests can count.</summary>
public interface IScriptedEffects
{
    /// <summary>Called at every call of a stage with its key (deployment/stage/attempt) and the number of the answer.</summary>
    void Record(string key, int answer);
}
