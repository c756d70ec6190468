using Slipway.FakeGate.Executions;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages;

/// <summary>Asks a deployment monitor: continue, wait or abort.</summary>
internal sealed class EvaluateDeploymentHealth : IStageType
{
    public string Name => "evaluateDeploymentHealth";

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [Turn.Step("notifyDeployStarting"), new("evaluateDeploymentHealth", Ask)];

    public bool CanManuallySkip(Stage stage) => true;

    private static Result Ask(Turn turn) => turn.Around.Faults.MonitorSays switch
    {
        "abort" => Result.Fail("DeploymentMonitorAbort", $"Deployment monitor {turn.Context.Inner("deploymentMonitor").Text("id")} requested to abort"),
        "wait" => turn.Again(),
        _ => Result.Done,
    };
}
