using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages.Canary;

/// <summary>A wait and a run, as often as intervals fit into the lifetime.</summary>
internal sealed class RunCanaryIntervals : IStageType
{
    public string Name => "runCanaryIntervals";

    public IReadOnlyList<Child> Before(Turn turn)
    {
        var config = turn.Context.Inner("canaryConfig");
        List<Child> children = [];
        if (config.Number("beginCanaryAnalysisAfterMins") is > 0 and var warmUp)
            children.Add(new("wait", "Warmup Wait", Wire.Object(("waitTime", warmUp * 60))));

        for (var run = 1; run <= (int)(turn.Context.Number("runs") ?? 1); run++)
        {
            if (config.Number("canaryAnalysisIntervalMins") is > 0 and var interval)
                children.Add(new("wait", $"Interval Wait #{run}", Wire.Object(("waitTime", interval * 60))));

            children.Add(new("runCanary", $"Run Canary #{run}", Wire.Object(
                ("canaryConfigId", config["canaryConfigId"].Copy()),
                ("scoreThresholds", config["scoreThresholds"].Copy()))));
        }

        return children;
    }

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [];
}
