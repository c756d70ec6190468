using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Contracts.Services;
using Slipway.DeploymentTypes.Spinnaker.Settings;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>Settings and strategy to the stages of a pipeline, in a line. Pure.</summary>
internal static class PipelineStages
{
    /// <param name="reuse">The images are made already and come as parameters.</param>
    public static IReadOnlyList<PipelineStage> Of(SpinnakerTarget target, Strategy strategy, bool reuse)
    {
        var stages = new List<PipelineStage>();
        if (!reuse)
            stages.Add(Bake(target));

        if (target.Settings.Approval is { When: "beforeDeploy" } approval)
            stages.Add(Approve(approval));

        if (strategy is Canary canary)
            stages.AddRange(Canaries(target, canary, reuse));

        stages.Add(Deploy(target, strategy, reuse));
        stages.AddRange(target.Settings.Checks.Select(Check));
        if (target.Settings.Soak is { } soak)
            stages.Add(Wait("Soak", soak, $"Watch the new instances for {soak}"));

        if (strategy is Canary && target.Settings.Canary is null)
            stages.Add(Cleanup(target));

        return stages;
    }

    private static PipelineStage Bake(SpinnakerTarget target)
    {
        var (settings, bake) = (target.Settings, target.Settings.Bake);
        var json = new JsonObject
        {
            ["type"] = "bake",
            ["cloudProviderType"] = settings.Provider,
            ["regions"] = Texts(settings.Regions),
            ["package"] = "${parameters.package}",
            ["user"] = "slipway",
            ["skipRegionDetection"] = true,
        };
        Add(json, "baseOs", bake.BaseOs);
        Add(json, "baseLabel", bake.BaseLabel);
        Add(json, "baseAmi", bake.BaseAmi);
        Add(json, "vmType", bake.VmType);
        Add(json, "storeType", bake.StoreType);
        Add(json, "amiName", bake.AmiName);
        Add(json, "amiSuffix", bake.AmiSuffix);
        Add(json, "templateFileName", bake.TemplateFileName);
        if (bake.ExtendedAttributes.Count > 0)
            json["extendedAttributes"] = Map(bake.ExtendedAttributes);

        return new() { Title = "Bake", Kind = StageKinds.Bake, Description = $"Bake an image in {string.Join(", ", settings.Regions)}", Json = json };
    }

    private static PipelineStage Approve(ApprovalSettings approval)
    {
        var json = new JsonObject
        {
            ["type"] = "manualJudgment",
            ["instructions"] = approval.Text,
            ["judgmentInputs"] = new JsonArray([.. approval.Choices.Select(choice => new JsonObject { ["value"] = choice })]),
            ["notifications"] = new JsonArray(),
        };
        if (approval.Roles is not [])
            json["selectedStageRoles"] = Texts(approval.Roles);

        return new() { Title = "Approve", Kind = StageKinds.Approve, Description = $"Wait for approval: {approval.Text}", Json = json };
    }

    private static IEnumerable<PipelineStage> Canaries(SpinnakerTarget target, Canary canary, bool reuse)
    {
        var settings = target.Settings;
        var step = canary.Steps[0];
        var instances = step.Instances.Of(Math.Max(1, settings.Capacity.Desired));
        if (settings.Canary is { } judged)
        {
            yield return new()
            {
                Title = "Canary",
                Kind = StageKinds.Canary,
                Description = $"Let Kayenta judge {Counted(instances)} of the new version beside as many of the old for {judged.Lifetime}",
                Json = KayentaStage.Of(target, judged, instances, reuse),
            };
        }
        else
        {
            var clusters = settings.Regions.Select(region => ClusterWriter.Of(target, region, "highlander", reuse, target.CanaryDetail, instances));
            yield return new()
            {
                Title = "Canary",
                Kind = StageKinds.Deploy,
                Description = $"Make {Counted(instances)} of the new version in each region beside the old",
                Json = new() { ["type"] = "deploy", ["clusters"] = new JsonArray([.. clusters]) },
            };
            if (step.Soak != Duration.Zero)
                yield return Wait("Canary soak", step.Soak, $"Watch the canary for {step.Soak}");
        }

        if (settings.Approval is { When: "afterCanary" } approval)
            yield return Approve(approval);
    }

    private static PipelineStage Deploy(SpinnakerTarget target, Strategy strategy, bool reuse)
    {
        var name = StrategyNames.Of(strategy, target.Settings.Capacity.Desired);
        var clusters = target.Settings.Regions.Select(region =>
        {
            var cluster = ClusterWriter.Of(target, region, name.Strategy, reuse);
            foreach (var (key, value) in name.Keys)
                cluster[key] = value?.DeepClone();

            return cluster;
        });
        return new()
        {
            Title = "Deploy",
            Kind = StageKinds.Deploy,
            Description = $"{name.Words} in {string.Join(", ", target.Settings.Regions)}",
            Json = new() { ["type"] = "deploy", ["clusters"] = new JsonArray([.. clusters]) },
        };
    }

    private static PipelineStage Check(CheckSettings check, int index)
    {
        var title = check.Name is { Length: > 0 } name ? $"Check {name}" : string.Create(CultureInfo.InvariantCulture, $"Check {index + 1}");
        return check.Expression is { } expression
            ? new()
            {
                Title = title,
                Kind = StageKinds.Check,
                Description = $"Check that {expression}",
                Json = new()
                {
                    ["type"] = "checkPreconditions",
                    ["preconditions"] = new JsonArray(new JsonObject { ["type"] = "expression", ["failPipeline"] = true, ["context"] = new JsonObject { ["expression"] = expression } }),
                },
            }
            : new()
            {
                Title = title,
                Kind = StageKinds.Check,
                Description = $"Check that {check.Url} answers",
                Json = new() { ["type"] = "webhook", ["method"] = "GET", ["url"] = check.Url },
            };
    }

    private static PipelineStage Wait(string title, Duration wait, string description) => new()
    {
        Title = title,
        Kind = StageKinds.Soak,
        Description = description,
        Wait = wait,
        Json = new() { ["type"] = "wait", ["waitTime"] = (int)Math.Ceiling(wait.Time.TotalSeconds) },
    };

    private static PipelineStage Cleanup(SpinnakerTarget target) => new()
    {
        Title = "Canary cleanup",
        Kind = StageKinds.Cleanup,
        Description = "Take the canary away",
        Json = new()
        {
            ["type"] = "destroyServerGroup",
            ["cloudProvider"] = target.Settings.Provider,
            ["cloudProviderType"] = target.Settings.Provider,
            ["credentials"] = target.Account,
            ["regions"] = Texts(target.Settings.Regions),
            ["cluster"] = target.CanaryCluster,
            ["target"] = "current_asg_dynamic",
            ["moniker"] = ClusterWriter.Moniker(target, target.CanaryDetail),
        },
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static JsonObject Map(IEnumerable<KeyValuePair<string, string>> map) => new(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)JsonValue.Create(pair.Value))));

    private static void Add(JsonObject json, string key, string? value)
    {
        if (value is { Length: > 0 })
            json[key] = value;
    }

    private static string Counted(int instances) => instances == 1 ? "1 instance" : $"{instances} instances";
}
