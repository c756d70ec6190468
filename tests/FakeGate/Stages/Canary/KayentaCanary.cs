using System.Text.Json.Nodes;
using System.Xml;
using Slipway.FakeGate.Json;

namespace Slipway.FakeGate.Stages.Canary;

/// <summary>Deploys a pair of groups where asked, judges them in intervals, and clears them away again.</summary>
internal sealed class KayentaCanary : IStageType
{
    public string Name => "kayentaCanary";

    public IReadOnlyList<Child> Before(Turn turn)
    {
        var config = turn.Context.Inner("canaryConfig");
        if (config.Objects("scopes").Any() is false)
            throw new PlanningException("IllegalArgumentException", "Canary stage configuration must contain at least one scope.");

        var runs = Runs(turn);
        List<Child> children = Deploys(turn) ? [new("deployCanaryServerGroups", "Deploy Canary Server Groups", turn.Context.Only("deployments"))] : [];
        children.Add(new("runCanaryIntervals", "Run Canary Intervals", Wire.Object(("canaryConfig", config.Copy()), ("runs", runs))));
        return children;
    }

    public IReadOnlyList<TaskSpec> Tasks(Turn turn) => [new("aggregateCanaryResults", Aggregate)];

    public IReadOnlyList<Child> After(Turn turn) => Deploys(turn) ? [new("cleanupCanaryClusters", "Cleanup Canary Clusters", turn.Context.Only("deployments"))] : [];

    public IReadOnlyList<Child> OnFailure(Turn turn) => After(turn);

    public static bool Deploys(Turn turn) => turn.Text("analysisType") == "realTimeAutomatic" && turn.Context["deployments"] is JsonObject;

    public static TimeSpan Duration(string text) => XmlConvert.ToTimeSpan(text);

    /// <summary>A run at the end of each whole interval; a retrospective one judges once.</summary>
    private static int Runs(Turn turn)
    {
        var config = turn.Context.Inner("canaryConfig");
        if (turn.Text("analysisType") == "retrospective")
            return 1;

        var lifetime = config.Text("lifetimeDuration") is { } text ? Duration(text)
            : config.Number("lifetimeHours") is { } hours ? TimeSpan.FromHours(hours)
            : throw new PlanningException("IllegalArgumentException", "Canary stage configuration must include either `endTime` or `lifetimeDuration`.");
        var interval = TimeSpan.FromMinutes(config.Number("canaryAnalysisIntervalMins") ?? lifetime.TotalMinutes);
        return Math.Max(1, (int)Math.Floor(lifetime / interval));
    }

    private static Result Aggregate(Turn turn)
    {
        var runs = turn.Execution.Stages.Where(stage => stage.Type == "runCanary" && turn.Execution.Top(stage) == turn.Execution.Top(turn.Stage)).ToList();
        var scores = runs.Select(run => run.Context.Number("canaryScore")).OfType<double>().ToList();
        var pass = turn.Context.Inner("canaryConfig").Inner("scoreThresholds").Number("pass") ?? 0;
        var context = Wire.Object(("canaryScores", Wire.Array(scores.Select(score => (JsonNode)score))));
        if (scores.Count > 0 && scores[^1] >= pass)
            return new Result.Succeeded(context.Merge(Wire.Object(("canaryScoreMessage", $"Final canary score {scores[^1]} met or exceeded the pass score threshold."))));

        var message = $"Final canary score {(scores.Count > 0 ? scores[^1] : 0)} is below the pass score threshold.";
        return new Result.Failed(new("CanaryFailure", [message]), context.Merge(Wire.Object(("canaryScoreMessage", message))));
    }
}
