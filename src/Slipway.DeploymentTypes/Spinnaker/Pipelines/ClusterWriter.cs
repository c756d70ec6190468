using System.Text.Json.Nodes;

namespace Slipway.DeploymentTypes.Spinnaker.Pipelines;

/// <summary>One cluster of a deploy stage: what a new server group in a region is like.</summary>
internal static class ClusterWriter
{
    public static JsonObject Of(SpinnakerTarget target, string region, string strategy, bool reuse, string? detail = null, int? instances = null)
    {
        var settings = target.Settings;
        var capacity = settings.Capacity;
        detail ??= settings.Detail;
        var cluster = new JsonObject
        {
            ["account"] = target.Account,
            ["application"] = target.Application,
            ["stack"] = target.Stack,
            ["freeFormDetails"] = detail ?? "",
            ["provider"] = settings.Provider,
            ["cloudProvider"] = settings.Provider,
            ["moniker"] = Moniker(target, detail),
            ["availabilityZones"] = new JsonObject { [region] = Texts(settings.Zones.GetValueOrDefault(region) ?? []) },
            ["capacity"] = instances is { } fixedCount ? Capacity(fixedCount, fixedCount, fixedCount) : Capacity(capacity.Min, capacity.Max, capacity.Desired),
            ["useSourceCapacity"] = instances is null && capacity.FromCurrent,
            ["preferSourceCapacity"] = instances is null && capacity.FromCurrent,
            ["strategy"] = strategy,
            ["targetHealthyDeployPercentage"] = settings.HealthyPercentage,
            ["loadBalancers"] = Texts(settings.LoadBalancers),
            ["targetGroups"] = Texts(settings.TargetGroups),
            ["securityGroups"] = Texts(settings.SecurityGroups),
        };
        AddOptional(cluster, target);
        Merge(cluster, settings.Cluster);
        Identify(cluster, target, region, reuse);
        return cluster;
    }

    public static JsonObject Moniker(SpinnakerTarget target, string? detail)
    {
        var moniker = new JsonObject { ["app"] = target.Application, ["stack"] = target.Stack };
        if (detail is { Length: > 0 })
            moniker["detail"] = detail;

        moniker["cluster"] = detail is { Length: > 0 } ? $"{target.Application}-{target.Stack}-{detail}" : $"{target.Application}-{target.Stack}";
        return moniker;
    }

    /// <summary>The pipeline's parameter that carries a region's image.</summary>
    public static string ImageParameter(string region) => "image_" + region.Replace('-', '_');

    /// <summary>What Slipway finds its server groups again by; nothing in the settings may change it.</summary>
    private static void Identify(JsonObject cluster, SpinnakerTarget target, string region, bool reuse)
    {
        var tags = cluster["tags"] as JsonObject ?? [];
        foreach (var (key, value) in target.Settings.Tags)
            tags[key] = value;

        tags[SpinnakerTarget.VersionTag] = "${parameters.version}";
        tags[SpinnakerTarget.DeploymentTag] = "${parameters.deployment}";
        cluster["tags"] = tags;
        if (reuse)
            cluster["amiName"] = $"${{parameters.{ImageParameter(region)}}}";
    }

    private static void AddOptional(JsonObject cluster, SpinnakerTarget target)
    {
        var settings = target.Settings;
        foreach (var (key, value) in new[]
        {
            ("instanceType", settings.InstanceType),
            ("keyPair", settings.KeyPair),
            ("iamRole", settings.IamRole),
            ("subnetType", settings.SubnetType),
            ("healthCheckType", settings.HealthCheckType),
        })
        {
            if (value is { Length: > 0 })
                cluster[key] = value;
        }

        if (settings.HealthCheckGrace is { } grace)
            cluster["healthCheckGracePeriod"] = (int)Math.Ceiling(grace.Time.TotalSeconds);
    }

    private static void Merge(JsonObject cluster, System.Text.Json.JsonElement? more)
    {
        foreach (var (key, value) in more is { ValueKind: System.Text.Json.JsonValueKind.Object } element ? JsonObject.Create(element)! : [])
            cluster[key] = value?.DeepClone();
    }

    private static JsonObject Capacity(int min, int max, int desired) => new() { ["min"] = min, ["max"] = max, ["desired"] = desired };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
