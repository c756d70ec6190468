namespace Slipway.Server.Engine;

/// <summary>
/// Named moments in a deployment at which a test may end the process. The engine passes one place on its way to every boundary, the commit of facts,
/// so this is the only hook: <c>before:stageStarted</c>, <c>after:stageStarted</c>, … for every type of event.
/// </summary>
internal interface ICrashPoints
{
    void Pass(string point);
}
