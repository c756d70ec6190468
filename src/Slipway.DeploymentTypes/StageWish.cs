namespace Slipway.DeploymentTypes;

/// <summary>What the engine wants of a stage whose work goes on outside.</summary>
public enum StageWish
{
    /// <summary>Go on; start again what Slipway has paused.</summary>
    Go,

    /// <summary>Stand still: pause the work, look whether it has paused, and answer <see cref="StageResult.Paused"/> when it has.</summary>
    Pause,
}
